import type { LibraryTarget } from "../model/index.ts";
import { EFFECTS } from "./all-effects.ts";
import { type LibraryCall, type LibraryEffect, type LibraryEffects, NO_EFFECT } from "./contract.ts";

/** What a library call does, by the adapter that knows the library; undefined when none knows it. */
export function libraryEffect(call: LibraryCall): LibraryEffect | undefined {
  const adapters = adaptersOf(call.target.package, call.target.export);
  for (const adapter of adapters) {
    const effect = adapter.effectOf(call);
    if (effect) return effect;
  }
  return adapters.length > 0 ? NO_EFFECT : undefined;
}

/** What the language itself brings along computes, as far as no adapter says otherwise. Most calls are of that kind. */
export function isLanguage({ package: specifier, export: exported }: LibraryTarget): boolean {
  return specifier === "" && adaptersOf(specifier, exported).length === 0;
}

const known = new Map<string, readonly LibraryEffects[]>();

function adaptersOf(specifier: string, exported: string): readonly LibraryEffects[] {
  const key = `${specifier}\0${exported}`;
  let found = known.get(key);
  if (!found) {
    found = EFFECTS.filter((adapter) => knows(adapter, specifier, exported));
    known.set(key, found);
  }
  return found;
}

function knows(adapter: LibraryEffects, specifier: string, exported: string): boolean {
  if (specifier === "") return adapter.globals?.includes(exported) === true;
  return (
    adapter.exports?.includes(exported) === true || adapter.packages.some((pattern) => matches(pattern, specifier))
  );
}

/** Whether a pattern of `packages` is meant by an import; subpaths belong to their package. */
export function matches(pattern: string, specifier: string): boolean {
  if (pattern.startsWith("*/")) return specifier.endsWith(pattern.slice(1));
  const name = specifier.startsWith("node:") ? specifier.slice(5) : specifier;
  if (pattern.endsWith("*")) return name.startsWith(pattern.slice(0, -1));
  return name.startsWith(pattern) && (name.length === pattern.length || name[pattern.length] === "/");
}
