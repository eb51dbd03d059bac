import type { CallSiteFact, Expr } from "../model/index.ts";
import type { LinkedFile, Type, World } from "./world.ts";

type ObjectExpr = Extract<Expr, { kind: "object" }>;

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

function holdsFunctions(world: World, file: LinkedFile, { properties, spreads }: ObjectExpr): boolean {
  if (properties.length === 0 || spreads.length > 0) return false;
  if (!properties.every((property) => mayBeFunction(file, property.value))) return false;
  return properties.every(({ value }) => value.kind === "function" || isFunction(world.valueOf(file, value)));
}

/** By what is written, as options of a call are far more often something else. */
function mayBeFunction({ facts }: LinkedFile, value: Expr): boolean {
  if (value.kind === "function") return true;
  if (value.kind !== "name") return false;
  const { ref } = value;
  if (ref.kind !== "variable") return ref.kind === "function" || ref.kind === "import";
  const { type, init } = facts.variables[ref.index] ?? {};
  return type === undefined && (init?.kind === "function" || init?.kind === "call" || init?.kind === "name");
}

function isFunction(type: Type | null): boolean {
  return type?.kind === "function" || type?.kind === "signatures";
}
