import type { Node } from "./node.ts";

type Nodes = ReadonlyMap<string, Node>;

/** Whether a function that may refuse does so before it has changed anything. */
export function refusesFirst(nodes: Nodes, key: string, open: ReadonlySet<string> = new Set()): boolean {
  const node = nodes.get(key);
  if (!node?.veto) return false;
  if (node.writes.size === 0) return true;
  // A function that calls itself is judged by its other parts.
  if (open.has(key)) return false;
  for (const step of stepsOf(node)) {
    if (step.kind !== "call") return step.kind === "veto";
    const callee = nodes.get(step.to);
    if (step.canVeto && callee?.veto && refusesFirst(nodes, step.to, new Set([...open, key]))) return true;
    if (callee && callee.writes.size > 0) return false;
  }
  return false;
}

/** Whether every failure of what it changes ends in a catch on the way: nobody above can hear of it. */
export function swallowsFailures(nodes: Nodes, key: string, open: ReadonlySet<string> = new Set()): boolean {
  const node = nodes.get(key);
  if (!node || node.writes.size === 0 || node.veto || open.has(key)) return false;
  const inside = new Set([...open, key]);
  return (
    node.own.every((effect) => effect.caught) &&
    node.edges.every(
      (edge) =>
        edge.readsOnly ||
        edge.caught ||
        (nodes.get(edge.to)?.writes.size ?? 0) === 0 ||
        swallowsFailures(nodes, edge.to, inside),
    )
  );
}

function stepsOf(node: Node) {
  const calls = node.edges.filter((edge) => !edge.readsOnly).map((edge) => ({ kind: "call" as const, ...edge }));
  return [...node.own, ...calls].sort((a, b) => a.at - b.at);
}
