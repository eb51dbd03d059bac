import { type AnalysisResult, type ClassifiedCall, formatLocation, type Leaf } from "../model/index.ts";

/** The leaves that a call's verdict rests on. */
export function leavesOf({ leaves }: AnalysisResult, { facts }: ClassifiedCall): readonly Leaf[] {
  const { write, read, veto } = facts.evidence;
  const places = new Set([write, read, veto].flatMap((leaf) => (leaf ? [formatLocation(leaf.location)] : [])));
  return leaves.filter((leaf) => places.has(formatLocation(leaf.location)));
}
