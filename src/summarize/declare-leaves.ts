import type { DeclaredLeaf } from "../model/index.ts";
import { addEffect, addUpdate, clearEffects, type Node } from "./node.ts";

/** Puts what a person says of a function in the place of what its body shows; nothing behind it is followed. */
export function declareLeaf(node: Node, leaf: DeclaredLeaf, location: NonNullable<Node["declared"]>["location"]): void {
  const here = { location, path: [node.symbol] };
  const label = [...node.writes.keys(), ...node.reads.keys()][0] ?? node.symbol;
  clearEffects(node);
  node.unseen = null;
  node.declared = { ...here, what: leaf.reason };
  if (leaf.refuses === false) node.veto = null;
  if (leaf.refuses === true) node.veto = { ...here, what: "declared to refuse" };
  if (leaf.effect === "none") return;
  const publishes = leaf.effect === "publish";
  const side = leaf.effect === "read" ? "reads" : "writes";
  addEffect(node, side, label, { ...here, what: label, publishes, external: publishes });
  if (leaf.effect === "write") {
    addUpdate(node, label);
    node.own.push({ kind: "write", at: 0, caught: false });
  }
}
