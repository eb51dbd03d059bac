import type { Expr, FunctionId } from "../model/index.ts";
import { declarationsOf } from "./members.ts";
import type { LinkedFile, MemberDeclaration, World } from "./world.ts";

const DEEP = 5;

/**
 * The functions that a value is, where some call made it: `const update = updateWith(pool)(Orders)` is the function
 * that `updateWith` returns in the end, and `const load = memoize(() => …)` runs what it was given.
 */
export function madeFunctions(world: World, { file, value }: MemberDeclaration): FunctionId[] {
  if (value?.kind !== "call" && value?.kind !== "name") return [];
  const found = new Map<string, FunctionId>();
  for (const id of behind(world, file, value, 0)) found.set(`${id.file}:${id.index}`, id);
  return [...found.values()];
}

function behind(world: World, file: LinkedFile, value: Expr, depth: number): FunctionId[] {
  if (depth > DEEP) return [];
  const go = (inner: Expr) => behind(world, file, inner, depth + 1);
  switch (value.kind) {
    case "function":
      return [{ file: file.facts.path, index: value.function }];
    case "as":
    case "await":
      return go(value.value);
    case "logical":
      return [...go(value.left), ...go(value.right)];
    case "conditional":
      return [...go(value.yes), ...go(value.no)];
    case "name":
      return declarationsOf(world, file, value.ref).flatMap((found) => declared(world, found, depth));
    case "member": {
      const member = world.member(world.valueOf(file, value.object), value.name);
      return (member?.declarations ?? []).flatMap((found) => declared(world, found, depth));
    }
    case "call":
      return called(world, file, value.call, depth);
    default:
      return [];
  }
}

/** What a call gives: what the called functions return, and the functions that it was given to wrap. */
function called(world: World, file: LinkedFile, call: number, depth: number): FunctionId[] {
  const site = file.facts.calls[call];
  if (!site || site.isNew) return [];
  const makers = behind(world, file, site.callee, depth + 1);
  const made = makers.flatMap(({ file: path, index }) => {
    const home = world.files.get(path);
    const returned = home?.facts.functions[index]?.returned ?? [];
    return home ? returned.flatMap((value) => behind(world, home, value, depth + 1)) : [];
  });
  const wraps = made.length > 0 || makers.length === 0;
  const given = site.args.filter((argument) => argument.kind === "function" || argument.kind === "name");
  return [...made, ...(wraps ? given.flatMap((argument) => behind(world, file, argument, depth + 1)) : [])];
}

function declared(world: World, found: MemberDeclaration, depth: number): FunctionId[] {
  const { file, functions, value } = found.inheritedFrom ?? found;
  const own = functions.filter((index) => file.facts.functions[index]?.body !== undefined);
  if (own.length > 0) return own.map((index) => ({ file: file.facts.path, index }));
  return value ? behind(world, file, value, depth + 1) : [];
}
