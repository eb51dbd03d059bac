import {
  type ClassifiedCall,
  compareText,
  type Module,
  type StatusCount,
  VERDICTS,
  type Verdict,
} from "../model/index.ts";

export function countVerdicts(calls: readonly ClassifiedCall[]): Record<Verdict, number> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const call of calls) counts[call.verdict]++;
  return counts;
}

/** Calls by the module that makes them. */
export function byModule(calls: readonly ClassifiedCall[]): StatusCount[] {
  return tally(calls, (call) => [call.from]);
}

/** Calls by `from → to`. */
export function byEdge(calls: readonly ClassifiedCall[]): StatusCount[] {
  return tally(calls, (call) => [`${call.from} → ${call.to}`]);
}

/** Calls by the owners of the module that makes them: it is theirs to cut. A call of two owners counts for both. */
export function byOwner(calls: readonly ClassifiedCall[], modules: readonly Module[]): StatusCount[] {
  const owners = new Map(modules.map((module) => [module.id, module.owners]));
  return tally(calls, (call) => owners.get(call.from) ?? []);
}

/** The most calls first, then by name. */
function tally(calls: readonly ClassifiedCall[], namesOf: (call: ClassifiedCall) => readonly string[]): StatusCount[] {
  const groups = new Map<string, ClassifiedCall[]>();
  for (const call of calls) {
    for (const name of namesOf(call)) {
      const known = groups.get(name);
      if (known) known.push(call);
      else groups.set(name, [call]);
    }
  }
  return [...groups]
    .map(([name, group]) => ({ name, count: group.length, byVerdict: countVerdicts(group) }))
    .sort((a, b) => b.count - a.count || compareText(a.name, b.name));
}
