import type { CallSiteFact, CallTarget, FileFacts } from "../model/index.ts";
import { leafOf } from "./leaves.ts";
import { locate } from "./locate.ts";
import type { EffectEvidence } from "./summary.ts";
import type { CallVisit } from "./walk/visits.ts";

export type Effects = ReadonlyMap<string, EffectEvidence>;

const NOTHING: Effects = new Map();

/** What a callee without a body does, by its name and by what declares it: all that can be told of it. */
export function shapeOf(
  file: FileFacts,
  visit: CallVisit,
  site: CallSiteFact,
  target: CallTarget,
  symbol: string,
): { readonly writes: Effects; readonly reads: Effects } {
  const leaf = target.bodies.length === 0 ? leafOf(file, visit, site, target) : null;
  if (!leaf || leaf.effect === "none") return { writes: NOTHING, reads: NOTHING };
  const evidence: EffectEvidence = {
    what: leaf.label,
    location: locate(file, site.at, site.nameEnd),
    path: [symbol],
    publishes: leaf.publishes === true,
    external: leaf.external === true,
  };
  const effects: Effects = new Map([[leaf.label, evidence]]);
  return leaf.effect === "write" ? { writes: effects, reads: NOTHING } : { writes: NOTHING, reads: effects };
}
