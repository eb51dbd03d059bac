import type { CallSiteFact, Expr } from "../model/index.ts";
import type { LinkedFile, Type, World } from "./world.ts";

const DEEP = 4;

/**
 * Object literals of functions that a call is given: `bindAll({ findOrder, saveOrder }, { db })`. Nothing but functions,
 * or it may as well be the options of a client.
 */
export function givenFunctions(world: World, file: LinkedFile, site: CallSiteFact): Type[] {
  return site.args.flatMap((argument) => literalsIn(world, file, argument, 0));
}

function literalsIn(world: World, file: LinkedFile, value: Expr, depth: number): Type[] {
  if (depth > DEEP) return [];
  const go = (inner: Expr) => literalsIn(world, file, inner, depth + 1);
  switch (value.kind) {
    case "object":
      return holdsFunctions(world, file, value) ? [{ kind: "literal-object", file, value }] : [];
    case "as":
      return go(value.value);
    case "call": {
      // `Object.fromEntries(Object.entries({ … }).map(…))`
      const { callee, args } = file.facts.calls[value.call] ?? {};
      if (callee?.kind !== "member") return [];
      return /^(entries|toPairs)$/.test(callee.name) && args?.[0] ? go(args[0]) : go(callee.object);
    }
    default:
      return [];
  }
}

function holdsFunctions(world: World, file: LinkedFile, value: Extract<Expr, { kind: "object" }>): boolean {
  const { properties, spreads } = value;
  if (properties.length === 0 || !properties.every((property) => mayBeFunction(property.value))) return false;
  return spreads.length === 0 && properties.every(({ value: held }) => isFunction(world.valueOf(file, held)));
}

/** By what is written, as options of a call are far more often something else. */
function mayBeFunction(value: Expr): boolean {
  return value.kind === "function" || value.kind === "name" || value.kind === "member";
}

function isFunction(type: Type | null): boolean {
  return type?.kind === "function" || type?.kind === "signatures";
}
