import {
  type AnalysisResult,
  type Baseline,
  compareText,
  type Findings,
  MODULE_KINDS,
  type ModuleKind,
  UserError,
} from "../model/index.ts";

export type Kinds = Readonly<Record<string, ModuleKind>>;

/** The kind that counts: what the configuration says, else what the baseline froze, else what it looks like. */
export function kindOf(id: string, configured: Kinds, baseline: Baseline | null, guess: ModuleKind): ModuleKind {
  const from = (kinds: Kinds) => (Object.hasOwn(kinds, id) ? kinds[id] : undefined);
  return from(configured) ?? from(baseline?.modules ?? {}) ?? guess;
}

/** The calls and module kinds of an analysis, as a baseline; kinds that an earlier one froze stay as they were. */
export function baselineOf(result: AnalysisResult, configured: Kinds = {}, earlier: Baseline | null = null): Baseline {
  const kinds = result.modules.map(({ id, kind }) => [id, kindOf(id, configured, earlier, kind)] as const);
  const calls = result.calls.map((call) => call.id).sort(compareText);
  const unresolved = [...new Set(result.unresolved.map((call) => call.id))].sort(compareText);
  return withReasons({ version: 1, modules: Object.fromEntries(kinds), calls, unresolved }, earlier?.accepted ?? {});
}

/** With the reason why these calls were accepted. */
export function withReason(baseline: Baseline, calls: readonly string[], reason: string): Baseline {
  const reasons = Object.fromEntries(calls.map((id) => [id, reason]));
  return withReasons(baseline, { ...baseline.accepted, ...reasons });
}

/** Reasons of calls that are not there (any more) are left out, and so is an empty list. */
function withReasons(baseline: Baseline, reasons: Readonly<Record<string, string>>): Baseline {
  const { accepted: _, ...rest } = baseline;
  const calls = new Set(baseline.calls);
  const known = Object.entries(reasons).filter(([id]) => calls.has(id));
  return known.length === 0 ? rest : { ...rest, accepted: Object.fromEntries(known) };
}

/** Without what is gone; nothing is added. Calls that were renamed are known by their new ids. */
export function prune(
  baseline: Baseline,
  result: AnalysisResult,
  renames: ReadonlyMap<string, string> = new Map(),
): Baseline {
  const present = new Set(result.calls.map((call) => call.id));
  const open = new Set(result.unresolved.map((call) => call.id));
  const modules = new Set(result.modules.map((module) => module.id));
  const nowOf = new Map([...renames].map(([is, was]) => [was, is]));
  const moved = baseline.calls.map((id) => nowOf.get(id) ?? id);
  const reasons = Object.entries(baseline.accepted ?? {}).map(([id, reason]) => [nowOf.get(id) ?? id, reason] as const);
  const next = {
    ...baseline,
    modules: Object.fromEntries(Object.entries(baseline.modules).filter(([id]) => modules.has(id))),
    calls: moved.filter((id) => present.has(id)).sort(compareText),
    ...(baseline.unresolved && { unresolved: baseline.unresolved.filter((id) => open.has(id)) }),
  };
  return withReasons(next, Object.fromEntries(reasons));
}

/** Without the given calls. */
export function baselineWithout(baseline: Baseline, calls: readonly string[]): Baseline {
  const next = { ...baseline, calls: baseline.calls.filter((id) => !calls.includes(id)) };
  return withReasons(next, baseline.accepted ?? {});
}

export function compare(result: AnalysisResult, baseline: Baseline | null): Findings {
  const accepted = new Set(baseline?.calls ?? []);
  const present = new Set(result.calls.map((call) => call.id));
  const ids = [...present].sort(compareText);
  return {
    new: ids.filter((id) => !accepted.has(id)),
    known: ids.filter((id) => accepted.has(id)),
    stale: [...accepted].filter((id) => !present.has(id)).sort(compareText),
  };
}

/** The result with the kinds that count, where they are not what the modules look like. */
export function withFrozenKinds(result: AnalysisResult, baseline: Baseline | null, configured: Kinds): AnalysisResult {
  const modules = result.modules.map((module) => {
    const kind = kindOf(module.id, configured, baseline, module.kind);
    if (kind === module.kind) return module;
    return { ...module, kind, evidence: [...module.evidence, `${kind} in the baseline, whatever it looks like`] };
  });
  return { ...result, modules };
}

/**
 * One call or module a line, so that two branches that each remove some merge. Each list ends with an empty line of its own:
 * without it, whoever removes the last call would have to change the line before it, for a comma.
 */
export function serializeBaseline(baseline: Baseline): string {
  const { accepted } = baseline;
  const value = {
    version: 1,
    modules: { ...sortedRecord(baseline.modules), [END]: END },
    calls: [...[...baseline.calls].sort(compareText), END],
    ...(baseline.unresolved && { unresolved: [...[...baseline.unresolved].sort(compareText), END] }),
    ...(accepted && { accepted: sortedRecord(accepted) }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const END = "";

function sortedRecord<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}

function isListOfIds(value: unknown): boolean {
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}

function isRecordOf(value: unknown, test: (entry: unknown, key: string) => boolean): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, entry]) => test(entry, key));
}

export function parseBaseline(text: string, file: string): Baseline {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const hint = /^(<{7}|={7}|>{7})/m.test(text)
      ? ["it holds merge conflict markers: keep the lines of both sides"]
      : [];
    throw new UserError("SC2007", `${file} is not valid JSON: ${(error as Error).message}`, hint);
  }
  const value = raw as Partial<Baseline> | null;
  const isValid =
    value?.version === 1 &&
    isListOfIds(value.calls) &&
    isListOfIds(value.unresolved ?? []) &&
    isRecordOf(value.modules, (kind, id) => id === END || MODULE_KINDS.includes(kind as ModuleKind)) &&
    isRecordOf(value.accepted ?? {}, (reason) => typeof reason === "string");
  if (!isValid)
    throw new UserError("SC2007", `${file} is not a baseline of version 1`, ["write it anew   seamcut baseline"]);
  const { calls, modules, unresolved, ...rest } = value as Baseline;
  const isId = (id: string) => id !== END;
  return {
    ...rest,
    modules: Object.fromEntries(Object.entries(modules).filter(([id]) => isId(id))),
    calls: calls.filter(isId),
    ...(unresolved && { unresolved: unresolved.filter(isId) }),
  };
}
