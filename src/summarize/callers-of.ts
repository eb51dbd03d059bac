import type { CallGraph, SymbolRef } from "../model/index.ts";
import { callerSymbol } from "./symbols.ts";

/** Functions that reach any of the given ones through calls, themselves included, as `file#Class.method`. */
export function callersOf(graph: CallGraph, targets: readonly SymbolRef[]): ReadonlySet<string> {
  const edges = new Map<string, Set<string>>();
  for (const file of graph.files) {
    file.calls.forEach((site, index) => {
      const caller = `${file.path}#${callerSymbol(file, site)}`;
      for (const declaration of graph.targets[file.path]?.[index]?.declarations ?? []) {
        addEdge(edges, `${declaration.file}#${declaration.symbol}`, caller);
        for (const behind of declaration.implementations) addEdge(edges, `${behind.file}#${behind.symbol}`, caller);
      }
    });
  }
  const reached = new Set(targets.map((target) => `${target.file}#${target.symbol}`));
  for (const name of reached) for (const caller of edges.get(name) ?? []) reached.add(caller);
  return reached;
}

function addEdge(edges: Map<string, Set<string>>, callee: string, caller: string): void {
  edges.set(callee, (edges.get(callee) ?? new Set()).add(caller));
}
