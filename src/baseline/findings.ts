import {
  type AnalysisResult,
  type Baseline,
  type ClassifiedCall,
  compareText,
  FINDING_SEVERITIES,
  type Finding,
  type FindingSeverity,
  type Keep,
  type ModuleKind,
  type SeverityRule,
} from "../model/index.ts";
import { compare, type Kinds, kindOf } from "./baseline.ts";
import { parseCallId } from "./call-id.ts";
import { isExpired, keptBy } from "./keep.ts";
import { findModuleChanges } from "./module-changes.ts";
import { findRenames } from "./renames.ts";
import { severityOf } from "./severity.ts";

export interface FindingPolicy {
  readonly keep: readonly Keep[];
  /** Kinds that the configuration sets. */
  readonly kinds: Kinds;
  readonly severities: readonly SeverityRule[];
  readonly stale: FindingSeverity | "off";
  readonly unresolved: FindingSeverity | "off";
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** `module:Symbol` of every function that is declared now. */
  readonly symbols: ReadonlySet<string>;
  /** Files that changed since the commit to compare with; null where everything counts. */
  readonly changed: ReadonlySet<string> | null;
}

/** What stands between the code and its baseline, the worst first. */
export function findFindings(result: AnalysisResult, baseline: Baseline | null, policy: FindingPolicy): Finding[] {
  const { new: added, stale } = compare(result, baseline);
  const present = { modules: new Set(result.modules.map((module) => module.id)), symbols: policy.symbols };
  const renames = findRenames(added, stale, present);
  const context = contextOf(result, baseline, policy);
  const byId = new Map(result.calls.map((call) => [call.id, call]));
  const calls = added.flatMap((id) => {
    const call = byId.get(id);
    return call && isTouched(call, policy) ? newCall(call, renames.get(id), context) : [];
  });
  const renamed = new Set(renames.values());
  const gone = policy.stale === "off" ? [] : stale.filter((id) => !renamed.has(id));
  return [...calls, ...gone.map((id) => goneCall(id, context)), ...unresolvedCalls(context), ...drift(context)].sort(
    byGravity,
  );
}

interface Context {
  readonly result: AnalysisResult;
  readonly baseline: Baseline | null;
  readonly policy: FindingPolicy;
  readonly kindOf: (module: string) => ModuleKind;
  readonly ownersOf: (...modules: readonly (string | undefined)[]) => readonly string[];
}

function contextOf(result: AnalysisResult, baseline: Baseline | null, policy: FindingPolicy): Context {
  const modules = new Map(result.modules.map((module) => [module.id, module]));
  return {
    result,
    baseline,
    policy,
    kindOf: (id) => kindOf(id, policy.kinds, baseline, modules.get(id)?.kind ?? "domain"),
    ownersOf: (...ids) => [...new Set(ids.flatMap((id) => modules.get(id ?? "")?.owners ?? []))],
  };
}

/** With `--since`, a call counts where the file that makes it, or the one that it leads to, has changed. */
function isTouched(call: ClassifiedCall, { changed }: FindingPolicy): boolean {
  return changed === null || changed.has(call.location.file) || changed.has(call.callee.file);
}

function newCall(call: ClassifiedCall, was: string | undefined, context: Context): Finding[] {
  const { policy, kindOf, ownersOf } = context;
  const { id, location, from, to, verdict, confidence } = call;
  const about = { id, location, from, to, verdict, confidence, owners: ownersOf(to, from) };
  if (was !== undefined) {
    return [{ ...about, kind: "renamed", severity: "note", was, message: `${was} is ${id} now` }];
  }
  const severity = severityOf(call, policy.severities, kindOf);
  if (severity === "off") return [];
  const what = `${from} calls ${call.callee.symbol} of ${to}`;
  const entry = keptBy(call, policy.keep);
  if (!entry) return [{ ...about, kind: "new", severity, message: what }];
  const { reason, until } = entry;
  if (!isExpired(entry, policy.today)) return [{ ...about, kind: "kept", severity: "note", reason, message: what }];
  return [{ ...about, kind: "expired", severity, reason, message: `${what}; it was kept until ${until}` }];
}

function goneCall(id: string, { policy, ownersOf }: Context): Finding {
  const { from, to } = parseCallId(id) ?? {};
  const severity = policy.stale === "off" ? "note" : policy.stale;
  const message = `${id} is in the baseline and no longer in the code`;
  return { kind: "gone", severity, id, message, ...(from && to && { from, to }), owners: ownersOf(to, from) };
}

/** Calls that could not be told, and could be in the baseline: coupling must not hide behind `any`. */
function unresolvedCalls({ result, baseline, policy, ownersOf }: Context): Finding[] {
  if (!baseline?.unresolved || policy.unresolved === "off") return [];
  const known = new Set(baseline.unresolved);
  const severity = policy.unresolved;
  return result.unresolved
    .filter(({ id, location }) => !known.has(id) && (policy.changed?.has(location.file) ?? true))
    .map(({ id, location, text, reason }) => {
      const from = id.slice(0, id.indexOf(":"));
      const message = `it cannot be told what ${text} calls (${reason})`;
      return { kind: "unresolved", severity, id, location, from, message, owners: ownersOf(from) };
    });
}

/** A module must not leave the check by becoming `shared`: the kind that was frozen goes on counting, and it is said. */
function drift({ result, baseline, policy, ownersOf }: Context): Finding[] {
  const roots = new Map(result.modules.map(({ id, root }) => [id, root]));
  return findModuleChanges(result, baseline, policy)
    .filter(({ id }) => isInside(roots.get(id), policy.changed))
    .map((change) => ({ kind: "drift", ...change, owners: ownersOf(change.id) }));
}

/** With `--since`, a module counts where one of its files has changed; of one that is gone nobody knows the folder. */
function isInside(root: string | undefined, changed: ReadonlySet<string> | null): boolean {
  if (changed === null || root === undefined) return true;
  return [...changed].some((file) => file.startsWith(`${root}/`));
}

function byGravity(a: Finding, b: Finding): number {
  const rank = ({ severity }: Finding) => FINDING_SEVERITIES.indexOf(severity);
  const at = ({ location }: Finding) => location?.start ?? { line: 0, column: 0 };
  return (
    rank(a) - rank(b) ||
    compareText(a.location?.file ?? "", b.location?.file ?? "") ||
    at(a).line - at(b).line ||
    at(a).column - at(b).column ||
    compareText(a.id, b.id)
  );
}
