import { type CrossModuleCall, compareText } from "../../model/index.ts";

/** An arrow from module to module. Its label says all: the tone only helps to find it. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly tone: "plain" | "added" | "gone";
  /** The heaviest are drawn first, and are what is left where a picture gets too large. */
  readonly weight: number;
}

/** Beyond that nobody can read a picture, and Mermaid draws none. */
export const MOST_EDGES = 500;

/** Things between two modules, by the pair of them. */
export function byEdge<Item extends { readonly from: string; readonly to: string }>(
  items: readonly Item[],
): readonly (readonly [Item, ...Item[]])[] {
  const edges = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = `${item.from}\0${item.to}`;
    const there = edges.get(key);
    if (there) there.push(item);
    else edges.set(key, [item]);
  }
  return [...edges.values()];
}

export function edgesOfCalls(calls: readonly CrossModuleCall[]): DrawnEdge[] {
  return heaviestFirst(
    byEdge(calls).map((edge) => {
      const { from, to } = edge[0];
      return { from, to, label: String(edge.length), tone: "plain", weight: edge.length };
    }),
  );
}

export function heaviestFirst(edges: readonly DrawnEdge[]): DrawnEdge[] {
  return [...edges].sort((a, b) => b.weight - a.weight || compareText(a.from, b.from) || compareText(a.to, b.to));
}

/** A short name for each module that an edge touches: what a module is called may hold anything. */
export function nodeNames(edges: readonly DrawnEdge[]): ReadonlyMap<string, string> {
  const modules = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort(compareText);
  return new Map(modules.map((module, index) => [module, `m${index}`]));
}
