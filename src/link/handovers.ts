import type { Expr, FileFacts, ValueContext } from "../model/index.ts";
import { declarationsOf } from "./members.ts";
import type { LinkedFile, MemberDeclaration, World } from "./world.ts";

/** A value that something typed is given: what the place expects of it. */
export interface Handover {
  readonly value: Expr;
  readonly context: ValueContext;
}

/** An object literal in its file. */
export interface PlacedLiteral {
  readonly file: LinkedFile;
  readonly value: Extract<Expr, { kind: "object" }>;
}

/** Names, members and calls where a type is expected: initialisers, returned values, arguments, properties. */
export function handovers(facts: FileFacts): readonly Handover[] {
  const found: Handover[] = [];
  const visit = (value: Expr | undefined, context: ValueContext): void => {
    switch (value?.kind) {
      case "name":
      case "call":
      case "member":
      case "index":
        found.push({ value, context });
        return;
      case "object":
        for (const { name, value: held } of value.properties) {
          visit(held, { kind: "property", object: value.object, name });
        }
        return;
      case "array":
        for (const element of value.elements) visit(element, { kind: "element", of: context });
        return;
      case "as":
      case "await":
        visit(value.value, context);
        return;
      case "conditional":
        visit(value.yes, context);
        visit(value.no, context);
        return;
      case "logical":
        visit(value.left, context);
        visit(value.right, context);
        return;
      default:
    }
  };
  for (const { type, init } of facts.variables) if (type) visit(init, { kind: "typed", type });
  facts.calls.forEach(({ args }, call) => {
    args.forEach((argument, index) => {
      visit(argument, { kind: "argument", call, index });
    });
  });
  facts.functions.forEach(({ returned }, index) => {
    for (const value of returned) visit(value, { kind: "returned", function: index });
  });
  return found;
}

const DEEP = 4;

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
    case "name":
      return mayLead(file, value)
        ? declarationsOf(world, file, value.ref).flatMap((found) => heldBy(world, found, depth))
        : [];
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
  if (value.kind !== "name" || !mayLead(file, value)) return [];
  return declarationsOf(world, file, value.ref).flatMap((found) => returnedBy(world, found, depth));
}

/** A parameter and a typed variable are somebody else's, or speak for themselves. */
function mayLead({ facts }: LinkedFile, { ref }: Extract<Expr, { kind: "name" }>): boolean {
  if (ref.kind !== "variable") return ref.kind === "import" || ref.kind === "function";
  const variable = facts.variables[ref.index];
  return variable?.init !== undefined && variable.type === undefined && variable.parameter === undefined;
}

function heldBy(world: World, { file, kind, value }: MemberDeclaration, depth: number): PlacedLiteral[] {
  return kind === "variable" && value ? literalsBehind(world, file, value, depth + 1) : [];
}

function returnedBy(world: World, { file, functions }: MemberDeclaration, depth: number): PlacedLiteral[] {
  return functions.flatMap((index) => {
    const fn = file.facts.functions[index];
    if (!fn || fn.returns) return [];
    return fn.returned.flatMap((value) => literalsBehind(world, file, value, depth + 1));
  });
}
