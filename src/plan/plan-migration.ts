import {
  type AnalysisResult,
  type ClassifiedCall,
  compareText,
  type MigrationPlan,
  type MigrationStep,
  type ModuleKind,
  type Verdict,
} from "../model/index.ts";
import { blockedReason } from "./blocked.ts";
import { findCycles } from "./cycles.ts";

/** In which order it pays to cut: cheap edges between domain modules first. No I/O, no clock. */
export function planMigration(result: AnalysisResult): MigrationPlan {
  const kinds = new Map(result.modules.map((module) => [module.id, module.kind]));
  const edges = new Map<string, ClassifiedCall[]>();
  for (const call of result.calls) {
    const key = `${call.from}\0${call.to}`;
    edges.set(key, [...(edges.get(key) ?? []), call]);
  }
  const blocked = result.calls.flatMap((call) => blockedReason(call) ?? []);
  const stuck = new Set(blocked.map((entry) => entry.call));
  const steps = [...edges.values()].flatMap((calls) => stepOf(result, calls, stuck, kinds));
  steps.sort((a, b) => a.cost - b.cost || compareText(a.from, b.from) || compareText(a.to, b.to));
  const pairs = [...edges.values()].flatMap((calls) => (calls[0] ? [{ from: calls[0].from, to: calls[0].to }] : []));
  return { steps, blocked, cycles: findCycles(pairs) };
}

function stepOf(
  result: AnalysisResult,
  calls: readonly ClassifiedCall[],
  stuck: ReadonlySet<string>,
  kinds: ReadonlyMap<string, ModuleKind>,
): MigrationStep[] {
  const [first] = calls;
  const cut = calls.filter((call) => !stuck.has(call.id));
  if (!first || cut.length === 0) return [];
  const left: Partial<Record<Verdict, number>> = {};
  for (const call of calls) if (stuck.has(call.id)) left[call.verdict] = (left[call.verdict] ?? 0) + 1;
  return [
    {
      from: first.from,
      to: first.to,
      cut: cut.map((call) => call.id),
      left,
      cost: costOf(cut, calls.length - cut.length, kinds.get(first.from), kinds.get(first.to)),
      frees: freed(result, first, cut.length === calls.length),
    },
  ];
}

/** Calls to rewrite, doubt about them, calls that keep the edge alive, and edges that are no seam to begin with. */
function costOf(cut: readonly ClassifiedCall[], remaining: number, from?: ModuleKind, to?: ModuleKind): number {
  const doubt = cut.filter((call) => call.confidence !== "high").length;
  const care = cut.filter((call) => call.facts.inTransaction || call.facts.inLoop).length;
  const noSeam = from === "domain" && to === "domain" ? 0 : 20;
  return cut.length * 2 + doubt * 2 + care + remaining * 3 + noSeam;
}

function freed(result: AnalysisResult, edge: ClassifiedCall, isWhole: boolean): string {
  if (!isWhole) return `${edge.from} no longer waits for ${edge.to} here; other calls remain`;
  const others = new Set(
    result.calls.filter((call) => call.to === edge.to && call.from !== edge.from).map((call) => call.from),
  );
  if (others.size === 0) return `${edge.to} has no direct caller left`;
  return `${edge.from} of ${edge.to} being up`;
}
