import { type AnalysisResult, type ClassifiedCall, type ModuleKind, VERDICTS } from "../../src/model/index.ts";

/** A result that holds the given calls; their modules are domain unless said otherwise. */
export function resultOf(
  calls: readonly ClassifiedCall[],
  kinds: Readonly<Record<string, ModuleKind>> = {},
  change: Partial<AnalysisResult> = {},
): AnalysisResult {
  const ids = [...new Set(calls.flatMap((call) => [call.from, call.to]))].sort();
  const count = (verdict: string) => calls.filter((call) => call.verdict === verdict).length;
  return {
    version: 1,
    tool: { name: "seamcut", version: "0.0.0" },
    stack: { name: "shop" },
    modules: ids.map((id) => ({
      id,
      kind: kinds[id] ?? "domain",
      root: `src/${id}`,
      files: 1,
      owners: [`@shop/${id}`],
      evidence: [],
    })),
    calls,
    unresolved: [],
    leaves: [],
    diagnostics: [],
    summary: {
      modules: ids.length,
      files: ids.length,
      calls: calls.length,
      edges: new Set(calls.map((call) => `${call.from} ${call.to}`)).size,
      byVerdict: Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as never,
      unresolved: 0,
    },
    ...change,
  };
}
