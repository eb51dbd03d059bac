import type { Expr, FileFacts, ValueContext, ValueRef } from "../model/index.ts";
import { importTarget } from "./imports.ts";
import type { LinkedFile, World } from "./world.ts";

const DEEP = 4;

/** A value that something typed is given, and what the place expects of it. */
export interface Handover {
  readonly value: Expr;
  readonly context: ValueContext;
}

/** An object literal in its file. */
export interface PlacedLiteral {
  readonly file: LinkedFile;
  readonly value: Extract<Expr, { kind: "object" }>;
}

/** Names, members and calls that may be such an object, where a type is expected: results, arguments, properties. */
export function handovers({ facts }: LinkedFile, holders: ReadonlySet<string>): readonly Handover[] {
  const found: Handover[] = [];
  if (!namesHolder(facts, holders)) return found;
  const visit = (value: Expr | undefined, contextOf: () => ValueContext): void => {
    switch (value?.kind) {
      case "name":
      case "call":
      case "member":
      case "index":
        if (mayHold(facts, value, holders)) found.push({ value, context: contextOf() });
        return;
      case "object":
        for (const { name, value: held } of value.properties) {
          if (mayHold(facts, held, holders)) visit(held, () => ({ kind: "property", object: value.object, name }));
        }
        return;
      case "array":
        for (const element of value.elements) visit(element, () => ({ kind: "element", of: contextOf() }));
        return;
      case "as":
      case "await":
        visit(value.value, contextOf);
        return;
      case "conditional":
        visit(value.yes, contextOf);
        visit(value.no, contextOf);
        return;
      case "logical":
        visit(value.left, contextOf);
        visit(value.right, contextOf);
        return;
      default:
    }
  };
  for (const { type, init } of facts.variables) if (type && init) visit(init, () => ({ kind: "typed", type }));
  facts.calls.forEach(({ args }, call) => {
    args.forEach((argument, index) => {
      if (mayHold(facts, argument, holders)) visit(argument, () => ({ kind: "argument", call, index }));
    });
  });
  facts.functions.forEach(({ returned }, index) => {
    for (const value of returned) visit(value, () => ({ kind: "returned", function: index }));
  });
  return found;
}

function namesHolder({ imports, variables, functions }: FileFacts, holders: ReadonlySet<string>): boolean {
  const isHolder = ({ name }: { readonly name: string | null }) => name !== null && holders.has(name);
  return imports.some(isHolder) || functions.some(isHolder) || variables.some(isHolder);
}

/**
 * Names of variables and functions that hold or return an object with functions of which nothing says what type it has.
 * By name alone: there are few of them, and so nearly nothing of what is handed over has to be looked at.
 */
export function holderNames(files: Iterable<LinkedFile>): ReadonlySet<string> {
  const holders = new Set(["default"]);
  const chains: { readonly name: string; readonly facts: FileFacts; readonly value: Expr }[] = [];
  const add = (facts: FileFacts, name: string, value: Expr) => {
    if (holdsFunction(value)) holders.add(name);
    else if (CHAINED.has(value.kind)) chains.push({ name, facts, value });
  };
  for (const { facts } of files) {
    for (const { name, type, parameter, init } of facts.variables) {
      if (name !== null && init && !type && !parameter) add(facts, name, init);
    }
    for (const { name, returns, returned } of facts.functions) {
      if (name !== null && !returns) for (const value of returned) add(facts, name, value);
    }
  }
  // `const mails = createMails()`, `const drivers = { mails }`: one step more each time.
  for (let step = 0, before = -1; step < DEEP && before !== holders.size; step++) {
    before = holders.size;
    for (const { name, facts, value } of chains) if (mayHold(facts, value, holders)) holders.add(name);
  }
  return holders;
}

/** What a value may be handed on by; members are hardly ever records of such objects, and very many. */
const CHAINED: ReadonlySet<Expr["kind"]> = new Set([
  "name",
  "call",
  "index",
  "object",
  "await",
  "conditional",
  "logical",
]);

function holdsFunction(value: Expr): boolean {
  return value.kind === "object" && value.properties.some((property) => property.value.kind === "function");
}

function mayHold(facts: FileFacts, value: Expr, holders: ReadonlySet<string>): boolean {
  switch (value.kind) {
    case "name":
      return holders.has(nameOf(facts, value.ref));
    case "member":
    case "index":
      return mayHold(facts, value.object, holders);
    case "call": {
      const callee = facts.calls[value.call]?.callee;
      return callee?.kind === "name" && holders.has(nameOf(facts, callee.ref));
    }
    case "await":
    case "as":
      return mayHold(facts, value.value, holders);
    case "array":
      return value.elements.some((element) => mayHold(facts, element, holders));
    case "conditional":
      return mayHold(facts, value.yes, holders) || mayHold(facts, value.no, holders);
    case "logical":
      return mayHold(facts, value.left, holders) || mayHold(facts, value.right, holders);
    case "object":
      return value.properties.some((property) => mayHold(facts, property.value, holders));
    default:
      return false;
  }
}

function nameOf(facts: FileFacts, ref: ValueRef): string {
  switch (ref.kind) {
    case "import":
      return facts.imports[ref.index]?.name ?? "";
    case "variable":
      return facts.variables[ref.index]?.name ?? "";
    case "function":
      return facts.functions[ref.indexes[0] ?? -1]?.name ?? "";
    default:
      return "";
  }
}

interface Place {
  readonly file: LinkedFile;
  readonly ref: Extract<ValueRef, { kind: "variable" | "function" }>;
}

/** The variable or function of own code that a name stands for, where what it holds is written there. */
function placeOf(world: World, file: LinkedFile, ref: ValueRef): Place | null {
  switch (ref.kind) {
    case "function":
      return { file, ref };
    case "variable": {
      const variable = file.facts.variables[ref.index];
      return variable?.init && !variable.type && !variable.parameter ? { file, ref } : null;
    }
    case "import": {
      const target = importTarget(world, file, ref.index);
      if (target.kind !== "own" || !target.value || target.value.kind === "import") return null;
      return placeOf(world, target.file, target.value);
    }
    default:
      return null;
  }
}

/** The object literals that a value is, by what is written: without types, as there are many to look at. */
export function literalsBehind(world: World, file: LinkedFile, value: Expr, depth = 0): PlacedLiteral[] {
  if (depth > DEEP) return [];
  const go = (inner: Expr) => literalsBehind(world, file, inner, depth + 1);
  switch (value.kind) {
    case "object":
      return [{ file, value }];
    case "await":
      return go(value.value);
    case "member":
    case "index": {
      // One of a record: `drivers.mail`, `drivers[config.driver]`.
      const name = value.kind === "member" ? value.name : null;
      return go(value.object).flatMap((record) =>
        record.value.properties
          .filter((property) => name === null || property.name === name)
          .flatMap((property) => literalsBehind(world, record.file, property.value, depth + 1)),
      );
    }
    case "conditional":
      return [...go(value.yes), ...go(value.no)];
    case "logical":
      return [...go(value.left), ...go(value.right)];
    case "name": {
      const place = placeOf(world, file, value.ref);
      const init = place?.ref.kind === "variable" ? place.file.facts.variables[place.ref.index]?.init : undefined;
      return place && init ? literalsBehind(world, place.file, init, depth + 1) : [];
    }
    case "call": {
      const site = file.facts.calls[value.call];
      return site && !site.isNew ? literalsMadeBy(world, file, site.callee, depth + 1) : [];
    }
    default:
      return [];
  }
}

/** The object literals that a function returns, where it does not say what it returns: `createMails`. */
export function literalsMadeBy(world: World, file: LinkedFile, value: Expr, depth = 0): PlacedLiteral[] {
  const place = value.kind === "name" ? placeOf(world, file, value.ref) : null;
  return place ? functionsAt(place).flatMap((index) => returnedBy(world, place.file, index, depth)) : [];
}

function functionsAt({ file, ref }: Place): readonly number[] {
  if (ref.kind === "function") return ref.indexes;
  const init = file.facts.variables[ref.index]?.init;
  return init?.kind === "function" ? [init.function] : [];
}

function returnedBy(world: World, file: LinkedFile, index: number, depth: number): PlacedLiteral[] {
  const fn = file.facts.functions[index];
  if (!fn || fn.returns) return [];
  return fn.returned.flatMap((value) => literalsBehind(world, file, value, depth + 1));
}
