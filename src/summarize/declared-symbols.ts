import type { CallGraph } from "../model/index.ts";
import { tellApart } from "./same-names.ts";
import { functionSymbol } from "./symbols.ts";
import type { ModuleOf } from "./unresolved-calls.ts";

/** `module:Symbol` of everything that can be called or can call, as ids name it. */
export function declaredSymbols(graph: CallGraph, moduleOf: ModuleOf): ReadonlySet<string> {
  const nameOf = tellApart(graph.files, moduleOf);
  const symbols = new Set<string>();
  for (const file of graph.files) {
    const module = moduleOf(file.path);
    if (module === null) continue;
    const add = (symbol: string) => symbols.add(`${module}:${nameOf(module, file.path, symbol)}`);
    file.functions.forEach((_, index) => {
      add(functionSymbol(file, index));
    });
    for (const { name, members } of file.interfaces)
      for (const member of Object.keys(members)) add(`${name}.${member}`);
    for (const { name, members, statics } of file.classes) {
      for (const member of [...Object.keys(members), ...Object.keys(statics)]) add(`${name ?? "default"}.${member}`);
    }
  }
  return symbols;
}
