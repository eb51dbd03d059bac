import {
  type ClassifiedCall,
  compareText,
  type Evidence,
  formatLocation,
  type Leaf,
  type Verdict,
} from "../model/index.ts";

/**
 * The leaves that verdicts hang on, the most influential first. Counted are the calls for which a leaf is the only
 * evidence of its effect: where several things are written, overruling one of them changes nothing.
 */
export function influentialLeaves(
  calls: readonly ClassifiedCall[],
  moduleOf: (file: string) => string | null,
): readonly Leaf[] {
  const found = new Map<string, { leaf: Omit<Leaf, "calls" | "byVerdict">; calls: ClassifiedCall[] }>();
  for (const call of calls) {
    for (const { effect, evidence } of decisive(call)) {
      const key = `${effect} ${formatLocation(evidence.location)}`;
      const known = found.get(key);
      if (known) known.calls.push(call);
      else found.set(key, { leaf: { id: idOf(evidence, moduleOf), effect, ...placed(evidence) }, calls: [call] });
    }
  }
  return [...found.values()]
    .map(({ leaf, calls }) => ({ ...leaf, calls: calls.length, byVerdict: countVerdicts(calls) }))
    .sort((a, b) => b.calls - a.calls || compareText(a.id, b.id) || compareText(a.effect, b.effect) || byPlace(a, b));
}

/** The evidence that decides of a call's effect, where it is the only one, and of its veto. */
export function decisive({ facts }: ClassifiedCall): { effect: Leaf["effect"]; evidence: Evidence }[] {
  const { write, read, veto } = facts.evidence;
  return [
    ...(write && facts.writes.length === 1 ? [{ effect: "write" as const, evidence: write }] : []),
    ...(read && !write && facts.reads.length === 1 ? [{ effect: "read" as const, evidence: read }] : []),
    ...(veto ? [{ effect: "veto" as const, evidence: veto }] : []),
  ];
}

function idOf({ path, location }: Evidence, moduleOf: (file: string) => string | null): string {
  return `${moduleOf(location.file) ?? location.file}:${path[path.length - 1] ?? ""}`;
}

function placed({ what, location }: Evidence) {
  return { what, location };
}

function countVerdicts(calls: readonly ClassifiedCall[]): Partial<Record<Verdict, number>> {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of [...calls].sort((a, b) => compareText(a.verdict, b.verdict)))
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

function byPlace(a: { location: Leaf["location"] }, b: { location: Leaf["location"] }): number {
  return compareText(formatLocation(a.location), formatLocation(b.location));
}
