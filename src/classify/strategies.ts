import type { Strategy, Verdict } from "../model/index.ts";

/** How a call of each verdict can go; `keep` is always open and therefore not listed. */
export const STRATEGIES: Readonly<Record<Verdict, readonly Strategy[]>> = {
  event: ["event"],
  command: ["port", "command"],
  query: ["port", "projection"],
  guard: ["port"],
  pure: ["move"],
  unknown: [],
};
