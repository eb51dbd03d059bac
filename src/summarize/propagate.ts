import type { Evidence } from "../model/index.ts";
import type { ByFunction } from "./by-function.ts";
import { addEffect, addUpdate, type Edge, type Node } from "./node.ts";

/** Passes effects from callees to callers until nothing changes; each label keeps the first evidence it got. */
export function propagate(nodes: ByFunction<Node>): void {
  const queue = [...nodes.values()].flat();
  const callers = new Map<Node, { readonly from: Node; readonly edge: Edge }[]>();
  for (const from of queue) {
    for (const edge of from.edges) {
      const known = callers.get(edge.to);
      if (known) known.push({ from, edge });
      else callers.set(edge.to, [{ from, edge }]);
    }
  }
  const queued = new Set(queue);
  for (const callee of queue) {
    queued.delete(callee);
    for (const { from, edge } of callers.get(callee) ?? []) {
      if (!absorb(from, callee, edge) || queued.has(from)) continue;
      queued.add(from);
      // A queue that grows while it is walked.
      queue.push(from);
    }
  }
}

function absorb(caller: Node, callee: Node, edge: Edge): boolean {
  const reads = absorbLabels(caller, callee, "reads");
  if (edge.readsOnly) return reads;
  let changed = absorbLabels(caller, callee, "writes") || reads;
  for (const label of callee.updates) {
    if (caller.updates.has(label)) continue;
    addUpdate(caller, label);
    changed = true;
  }
  if (edge.canVeto && callee.veto && !caller.veto) {
    caller.veto = lengthen(caller, callee.veto);
    changed = true;
  }
  for (const side of ["request", "declared", "unseen"] as const) {
    if (!callee[side] || caller[side]) continue;
    caller[side] = lengthen(caller, callee[side]);
    changed = true;
  }
  if (edge.canVeto && callee.technical && !caller.technical) {
    caller.technical = lengthen(caller, callee.technical);
    changed = true;
  }
  return changed;
}

function absorbLabels(caller: Node, callee: Node, side: "writes" | "reads"): boolean {
  let changed = false;
  for (const [label, evidence] of callee[side]) {
    if (caller[side].has(label)) continue;
    addEffect(caller, side, label, lengthen(caller, evidence));
    changed = true;
  }
  return changed;
}

function lengthen<T extends Evidence>(caller: Node, evidence: T): T {
  return evidence.path[0] === caller.symbol ? evidence : { ...evidence, path: [caller.symbol, ...evidence.path] };
}
