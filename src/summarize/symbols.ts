import type { CallSiteFact, FileFacts } from "../model/index.ts";

/** The name of a function that people know it by; an anonymous callback goes by the nearest named one around it. */
export function functionSymbol(facts: FileFacts, index: number): string {
  for (let current = index; current >= 0; ) {
    const fn = facts.functions[current];
    if (!fn) break;
    const name = ownSymbol(facts, current);
    if (name !== null) return name;
    current = fn.parent;
  }
  return moduleSymbol(facts);
}

function ownSymbol(facts: FileFacts, index: number): string | null {
  const fn = facts.functions[index];
  if (!fn) return null;
  const name = fn.kind === "constructor" ? "constructor" : fn.name;
  if (name === null) return null;
  if (fn.class >= 0) return `${facts.classes[fn.class]?.name ?? "default"}.${name}`;
  // A named function inside another one is that one's detail, as a callback is.
  if (fn.parent >= 0) return null;
  if (fn.context?.kind === "property") {
    const owner = facts.objects[fn.context.object]?.name;
    return owner ? `${owner}.${name}` : name;
  }
  return name;
}

/** The symbol that a call site belongs to: its function, else the class member it initialises, else the file. */
export function callerSymbol(facts: FileFacts, site: CallSiteFact): string {
  if (site.function >= 0) return functionSymbol(facts, site.function);
  if (site.class >= 0) {
    const owner = facts.classes[site.class]?.name ?? "default";
    return site.member === null ? owner : `${owner}.${site.member}`;
  }
  return moduleSymbol(facts);
}

/** Code that runs when the file is loaded goes by the file's name. */
export function moduleSymbol(facts: FileFacts): string {
  const base = facts.path.slice(facts.path.lastIndexOf("/") + 1);
  return base.replace(/\.[cm]?[jt]sx?$/, "");
}
