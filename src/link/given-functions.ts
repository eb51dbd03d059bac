import type { CallSiteFact, Expr } from "../model/index.ts";
import type { LinkedFile, Type, World } from "./world.ts";

export function givenFunctions(world: World, file: LinkedFile, site: CallSiteFact): Type[] {
  const found: Type[] = [];
  for (const argument of site.args) {
    const value = isFromEntries(site) ? entriesOf(file, argument) : argument;
    if (value?.kind === "object" && holdsFunctions(world, file, value)) {
      found.push({ kind: "literal-object", file, value });
    }
  }
  return found;
}

function isFromEntries({ callee }: CallSiteFact): boolean {
  return callee.kind === "member" && /^from(Entries|Pairs)$/.test(callee.name);
}

/** The object whose entries they are: `Object.entries({ … }).map(…)`. */
function entriesOf(file: LinkedFile, value: Expr): Expr | undefined {
  const { callee, args } = value.kind === "call" ? (file.facts.calls[value.call] ?? {}) : {};
  if (callee?.kind !== "member") return undefined;
  return /^(entries|toPairs)$/.test(callee.name) ? args?.[0] : entriesOf(file, callee.object);
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
