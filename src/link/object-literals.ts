import type { Expr } from "../model/index.ts";
import type { LinkedFile } from "./world.ts";

type ObjectExpr = Extract<Expr, { kind: "object" }>;

/** An object literal with what happens to it. */
export interface ObjectLiteral {
  readonly value: ObjectExpr;
  /** Whether somebody keeps it or gives it back, as against the options of a call. */
  readonly kept: boolean;
}

const known = new WeakMap<LinkedFile, readonly ObjectLiteral[]>();

/** The object literals of a file, those inside others included. */
export function objectLiterals(file: LinkedFile): readonly ObjectLiteral[] {
  const earlier = known.get(file);
  if (earlier) return earlier;
  const found = collect(file);
  known.set(file, found);
  return found;
}

function collect({ facts }: LinkedFile): ObjectLiteral[] {
  const found: ObjectLiteral[] = [];
  const visit = (value: Expr | undefined, kept: boolean): void => {
    switch (value?.kind) {
      case "object":
        found.push({ value, kept });
        for (const property of value.properties) visit(property.value, kept);
        return;
      case "array":
        for (const element of value.elements) visit(element, kept);
        return;
      case "as":
        visit(value.value, kept);
        return;
      case "spread":
        visit(value.value, kept);
        return;
      case "conditional":
        visit(value.yes, kept);
        visit(value.no, kept);
        return;
      default:
    }
  };
  for (const variable of facts.variables) visit(variable.init, true);
  for (const site of facts.calls) for (const argument of site.args) visit(argument, false);
  for (const fn of facts.functions) for (const value of fn.returned) visit(value, true);
  for (const owner of facts.classes) {
    for (const member of Object.values(owner.members)) visit(member.init, true);
    for (const member of Object.values(owner.statics)) visit(member.init, true);
    for (const decorator of owner.decorators) for (const argument of decorator.args) visit(argument, false);
  }
  return found;
}
