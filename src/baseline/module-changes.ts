import {
  type AnalysisResult,
  type Baseline,
  compareText,
  type FindingSeverity,
  type Module,
  type ModuleChangeCode,
  type ModuleKind,
  type SeverityRule,
} from "../model/index.ts";
import { type Kinds, kindOf } from "./baseline.ts";

/** A module that is not what the baseline froze. */
export interface ModuleChange {
  readonly code: ModuleChangeCode;
  /** Id of the module. */
  readonly id: string;
  readonly severity: FindingSeverity;
  readonly message: string;
}

export interface ModuleChangePolicy {
  /** Kinds that the configuration sets. */
  readonly kinds: Kinds;
  readonly severities: readonly SeverityRule[];
}

/** Modules come and go with the work; one of another kind may be a way out of the check. Neither fails it by itself. */
const USUAL: Readonly<Record<ModuleChangeCode, FindingSeverity>> = { SC1013: "note", SC1014: "warning" };

/** What is there and not in the baseline, in the baseline and not there, or of another kind; sorted by module. */
export function findModuleChanges(
  result: AnalysisResult,
  baseline: Baseline | null,
  { kinds, severities }: ModuleChangePolicy,
): ModuleChange[] {
  const frozen = Object.entries(baseline?.modules ?? {});
  // A baseline that names no module froze none.
  if (frozen.length === 0) return [];
  const present = new Map(result.modules.map((module) => [module.id, module]));
  const was = new Map(frozen);
  const changes: (Omit<ModuleChange, "severity"> & { readonly kind: ModuleKind })[] = [];
  for (const module of result.modules) {
    const kind = kindOf(module.id, kinds, baseline, module.kind);
    const before = was.get(module.id);
    if (before === module.kind) continue;
    const [code, message] = before === undefined ? appeared(module) : changedKind(module, before, kind);
    changes.push({ code, id: module.id, message, kind });
  }
  for (const [id, kind] of frozen) {
    if (present.has(id)) continue;
    const message = `module ${id} is in the baseline and no longer in the code`;
    changes.push({ code: "SC1013", id, message, kind });
  }
  return changes
    .flatMap(({ kind, ...change }) => {
      const rule = severities.find((entry) => entry.code === change.code && (entry.kind ?? kind) === kind);
      const severity = rule?.severity ?? USUAL[change.code];
      return severity === "off" ? [] : [{ ...change, severity }];
    })
    .sort((a, b) => compareText(a.id, b.id));
}

function appeared({ id, kind, evidence }: Module): [ModuleChangeCode, string] {
  return ["SC1013", `module ${id} is not in the baseline; it looks ${kind}${because(evidence)}`];
}

function changedKind({ id, kind, evidence }: Module, was: ModuleKind, counts: ModuleKind): [ModuleChangeCode, string] {
  const looks = `module ${id} was ${was} in the baseline and looks ${kind} now${because(evidence)}`;
  return ["SC1014", `${looks}; ${counts} is what counts`];
}

/** The last of the evidence is that of the kind. */
function because(evidence: readonly string[]): string {
  const why = evidence.at(-1);
  return why === undefined ? "" : ` (${why})`;
}
