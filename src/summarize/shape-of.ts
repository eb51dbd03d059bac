import type { CallSiteFact, CallTarget, FileFacts } from "../model/index.ts";
import { leafOf } from "./leaves.ts";
import { locate } from "./locate.ts";
import type { EffectEvidence } from "./summary.ts";
import type { CallVisit } from "./walk/visits.ts";

export type Effects = ReadonlyMap<string, EffectEvidence>;

const NOTHING: Effects = new Map();

export interface Shape {
  readonly writes: Effects;
  readonly reads: Effects;
  /** It is known to do neither. */
  readonly harmless: boolean;
}

/** What a callee without a body does, by its name and by what declares it: all that can be told of it. */
export function shapeOf(
  file: FileFacts,
  visit: CallVisit,
  site: CallSiteFact,
  target: CallTarget,
  symbol: string,
): Shape {
  const leaf = target.bodies.length === 0 ? leafOf(file, visit, site, target) : null;
  if (!leaf || leaf.effect === "none") return { writes: NOTHING, reads: NOTHING, harmless: leaf !== null };
  const evidence: EffectEvidence = {
    what: leaf.label,
    location: locate(file, site.at, site.nameEnd),
    path: [symbol],
    publishes: leaf.publishes === true,
    external: leaf.external === true,
  };
  const effects: Effects = new Map([[leaf.label, evidence]]);
  const isWrite = leaf.effect === "write";
  return { writes: isWrite ? effects : NOTHING, reads: isWrite ? NOTHING : effects, harmless: false };
}
