import { compareText } from "../model/index.ts";

/** Rings of modules that call each other, by Tarjan's strongly connected components; single modules are none. */
export function findCycles(edges: readonly { readonly from: string; readonly to: string }[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): void => {
    const order = index.size;
    index.set(node, order);
    low.set(node, order);
    stack.push(node);
    for (const other of next.get(node) ?? []) {
      if (!index.has(other)) {
        visit(other);
        low.set(node, Math.min(low.get(node) ?? order, low.get(other) ?? order));
      } else if (stack.includes(other)) low.set(node, Math.min(low.get(node) ?? order, index.get(other) ?? order));
    }
    if (low.get(node) !== order) return;
    const ring = stack.splice(stack.indexOf(node));
    if (ring.length > 1) cycles.push(ring.sort(compareText));
  };
  for (const node of [...next.keys()].sort(compareText)) if (!index.has(node)) visit(node);
  return cycles.sort((a, b) => compareText(a.join(), b.join()));
}
