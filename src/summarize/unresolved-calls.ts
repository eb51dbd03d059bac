import type { CallGraph, CallSiteFact, CallTarget, Expr, FileFacts, UnresolvedCall, ValueRef } from "../model/index.ts";
import { locate } from "./locate.ts";
import { numbered } from "./numbered.ts";
import { type TellApart, tellApart } from "./same-names.ts";
import { callerSymbol } from "./symbols.ts";

export type ModuleOf = (file: string) => string | null;

/** The calls that may mean a member of another module, and whose receiver could not be told; in order of location. */
export function findUnresolvedCalls(
  graph: CallGraph,
  moduleOf: ModuleOf,
  nameOf: TellApart = tellApart(graph.files, moduleOf),
): UnresolvedCall[] {
  const open: { readonly key: string; readonly call: UnresolvedCall }[] = [];
  for (const file of graph.files) {
    const from = moduleOf(file.path);
    if (from === null) continue;
    graph.targets[file.path]?.forEach((target, index) => {
      const site = file.calls[index];
      if (!site || site.isNew || site.isTag || !target.unresolved || !mayMeanOther(target, from, moduleOf)) return;
      const text = calleeText(file, site);
      const key = `${from}:${nameOf(from, file.path, callerSymbol(file, site))}->?:${text}`;
      const location = locate(file, site.at, site.nameEnd);
      open.push({ key, call: { id: "", location, text, reason: target.unresolved } });
    });
  }
  return numbered(open);
}

function mayMeanOther({ candidates }: CallTarget, from: string, moduleOf: ModuleOf): boolean {
  if (candidates === undefined) return true;
  return candidates.some((file) => {
    const module = moduleOf(file);
    return module !== null && module !== from;
  });
}

function calleeText(file: FileFacts, site: CallSiteFact): string {
  const parts: string[] = [];
  let current = site.callee;
  for (;;) {
    if (current.kind === "member") {
      parts.unshift(`.${current.name}`);
      current = current.object;
    } else if (current.kind === "index") {
      parts.unshift("[…]");
      current = current.object;
    } else if (current.kind === "call") {
      const inner = file.calls[current.call]?.callee;
      if (!inner) break;
      parts.unshift("()");
      current = inner;
    } else if (current.kind === "await" || current.kind === "as") current = current.value;
    else break;
  }
  return `${rootText(file, current)}${parts.join("")}`;
}

function rootText(file: FileFacts, root: Expr): string {
  if (root.kind === "this" || root.kind === "super") return root.kind;
  if (root.kind !== "name") return "…";
  const { ref } = root;
  switch (ref.kind) {
    case "variable":
      return file.variables[ref.index]?.name ?? "…";
    case "import":
      return Object.keys(file.topValues).find((name) => isImport(file.topValues[name], ref.index)) ?? "…";
    case "function":
      return file.functions[ref.indexes[0] ?? -1]?.name ?? "…";
    case "class":
      return file.classes[ref.index]?.name ?? "…";
    case "namespace":
      return file.namespaces[ref.index]?.name ?? "…";
    default:
      return ref.name;
  }
}

function isImport(ref: ValueRef | undefined, index: number): boolean {
  return ref?.kind === "import" && ref.index === index;
}
