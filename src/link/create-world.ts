import type { FileFacts } from "../model/index.ts";
import { typeOf } from "./annotations.ts";
import { findAugmentations } from "./augmentations.ts";
import { returnOf } from "./call-results.ts";
import { contextOfParameter } from "./contexts.ts";
import { memberOf } from "./members.ts";
import { refValue, valueType } from "./values.ts";
import type { LinkedFile, World } from "./world.ts";

/**
 * Finds the file that a specifier leads to: its path as in the facts, null for a library or a file outside the
 * analysed set, undefined where a relative import or an alias of own code leads nowhere.
 */
export type ResolveSpecifier = (fromFile: string, specifier: string) => string | null | undefined;

export function createWorld(files: readonly FileFacts[], resolveSpecifier: ResolveSpecifier): World {
  const linked = new Map<string, LinkedFile>();
  files.forEach((facts, id) => {
    const caches = { variableTypes: [], returnTypes: new Map(), exportCache: new Map(), importCache: [] };
    linked.set(facts.path, { facts, id, ...caches });
  });
  const resolved = new Map<string, LinkedFile | null | undefined>();
  const world: World = {
    files: linked,
    depth: 0,
    steps: 0,
    memo: new Map(),
    augmentations: findAugmentations([...linked.values()]),
    resolve(file, specifier) {
      const key = `${file.id}\0${specifier}`;
      if (resolved.has(key)) return resolved.get(key);
      const path = resolveSpecifier(file.facts.path, specifier);
      const target = typeof path === "string" ? (linked.get(path) ?? null) : path;
      resolved.set(key, target);
      return target;
    },
    typeOf: (file, type, env) => typeOf(world, file, type, env),
    valueOf: (file, value) => valueType(world, file, value),
    refValue: (file, ref) => refValue(world, file, ref),
    member: (type, name) => memberOf(world, type, name),
    returnOf: (type, call) => returnOf(world, type, call),
    contextOfParameter: (file, fn, index) => contextOfParameter(world, file, fn, index),
  };
  return world;
}
