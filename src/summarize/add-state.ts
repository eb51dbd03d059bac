import type { CallGraph, FileFacts } from "../model/index.ts";
import { type ByFunction, ofFunction } from "./by-function.ts";
import { leafEffect } from "./leaves.ts";
import { locate } from "./locate.ts";
import { addEffect, addUpdate, type Node } from "./node.ts";
import type { StateEffect } from "./state.ts";

interface Callees {
  readonly graph: CallGraph;
  readonly nodes: ByFunction<Node>;
}

export function addState({ graph, nodes }: Callees, file: FileFacts, state: StateEffect, node: Node): void {
  const { label, source } = state;
  const location = locate(file, state.at, state.at + label.length - label.search(/[^.:]*$/));
  const read = { location, path: [node.symbol], publishes: false, external: false };
  if (source === undefined) {
    const side = state.effect === "write" ? "writes" : "reads";
    if (state.effect === "write") {
      addUpdate(node, label);
      node.own.push({ kind: "write", at: state.at, caught: false });
    }
    if (!node[side].has(label)) addEffect(node, side, label, { ...read, what: label });
    return;
  }
  const site = file.calls[source];
  const target = graph.targets[file.path]?.[source];
  if (!site || !target) return;
  for (const body of target.bodies) {
    const to = ofFunction(nodes, body);
    if (to) node.edges.push({ to, canVeto: false, at: state.at, caught: false, readsOnly: true });
  }
  const leaf = leafEffect(file, site, target);
  if (leaf?.effect === "read" && !node.reads.has(leaf.label))
    addEffect(node, "reads", leaf.label, { ...read, what: leaf.label });
}
