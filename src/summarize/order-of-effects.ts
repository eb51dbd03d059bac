import type { Node } from "./node.ts";

/** Whether a function that may refuse does so before it has changed anything. */
export function refusesFirst(node: Node, open: ReadonlySet<Node> = new Set()): boolean {
  if (!node.veto) return false;
  if (node.writes.size === 0) return true;
  // A function that calls itself is judged by its other parts.
  if (open.has(node)) return false;
  for (const step of stepsOf(node)) {
    if (step.kind !== "call") return step.kind === "veto";
    if (step.canVeto && step.to.veto && refusesFirst(step.to, new Set([...open, node]))) return true;
    if (step.to.writes.size > 0) return false;
  }
  return false;
}

/** Whether every failure of what it changes ends in a catch on the way: nobody above can hear of it. */
export function swallowsFailures(node: Node, open: ReadonlySet<Node> = new Set()): boolean {
  if (node.writes.size === 0 || node.veto || open.has(node)) return false;
  if (!node.own.every((effect) => effect.caught)) return false;
  const inside = new Set([...open, node]);
  return node.edges.every(
    (edge) => edge.readsOnly || edge.caught || edge.to.writes.size === 0 || swallowsFailures(edge.to, inside),
  );
}

function stepsOf(node: Node) {
  const calls = node.edges.filter((edge) => !edge.readsOnly).map((edge) => ({ kind: "call" as const, ...edge }));
  return [...node.own, ...calls].sort((a, b) => a.at - b.at);
}
