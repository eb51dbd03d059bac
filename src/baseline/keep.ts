import type { ClassifiedCall, Keep } from "../model/index.ts";

/** The entry that keeps a call, if any; of several the first. */
export function keptBy(call: ClassifiedCall, entries: readonly Keep[]): Keep | undefined {
  const callee = `${call.to}:${call.callee.symbol}`;
  const edge = `${call.from} -> ${call.to}`;
  return entries.find(
    ({ match }) => match === call.id || match === callee || match.replace(/\s*->\s*/, " -> ") === edge,
  );
}

/** Entries that keep no call: the code has moved on, or it is a slip. */
export function idleKeeps(calls: readonly ClassifiedCall[], entries: readonly Keep[]): readonly Keep[] {
  return entries.filter((entry) => !calls.some((call) => keptBy(call, [entry]) !== undefined));
}

/** @param today `YYYY-MM-DD`; the last day still counts */
export function isExpired(entry: Keep, today: string): boolean {
  return entry.until !== undefined && entry.until < today;
}
