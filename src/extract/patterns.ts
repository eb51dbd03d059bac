import type { BindingPattern, BindingRestElement } from "oxc-parser";
import type { Expr, Statement, TypeExpr } from "../model/index.ts";
import { addVariable, type Builder } from "./builder.ts";
import type { Scope } from "./scope.ts";
import { annotation, keyName } from "./types.ts";

export interface Binding {
  readonly scope: Scope;
  /** Where names of type annotations are looked up: differs from `scope` for `var`. */
  readonly typeScope: Scope;
  readonly constant: boolean;
}

const UNDEFINED: Expr = { kind: "other", values: [] };

/** Declares what a pattern names, as one variable statement each; a destructured source is evaluated once. */
export function bindPattern(
  builder: Builder,
  pattern: BindingPattern | BindingRestElement,
  value: Expr | undefined,
  binding: Binding,
): Statement[] {
  switch (pattern.type) {
    case "Identifier": {
      const type = annotation(builder, pattern.typeAnnotation, binding.typeScope);
      return [declare(builder, pattern.name, pattern.start, value, type, binding)];
    }
    case "AssignmentPattern": {
      const fallback = builder.walk.expression(builder, pattern.right, binding.scope);
      const merged: Expr = value ? { kind: "logical", operator: "??", left: value, right: fallback } : fallback;
      return bindPattern(builder, pattern.left, merged, binding);
    }
    case "RestElement":
      return bindPattern(builder, pattern.argument, value && { kind: "spread", value }, binding);
    default:
      return bindParts(builder, pattern, value, binding);
  }
}

function bindParts(
  builder: Builder,
  pattern: Extract<BindingPattern, { type: "ObjectPattern" | "ArrayPattern" }>,
  value: Expr | undefined,
  binding: Binding,
): Statement[] {
  const statements: Statement[] = [];
  const type = annotation(builder, pattern.typeAnnotation, binding.typeScope);
  let source: Expr = value ?? UNDEFINED;
  if (type || (source.kind !== "name" && source.kind !== "member")) {
    const hidden = declare(builder, null, pattern.start, value, type, binding);
    statements.push(hidden);
    source = { kind: "name", ref: { kind: "variable", index: hidden.variable }, at: pattern.start };
  }
  if (pattern.type === "ArrayPattern") {
    pattern.elements.forEach((element, index) => {
      if (!element) return;
      const part: Expr = element.type === "RestElement" ? source : { kind: "element", of: source, index };
      statements.push(...bindPattern(builder, element, part, binding));
    });
    return statements;
  }
  for (const property of pattern.properties) {
    if (property.type === "RestElement") {
      statements.push(...bindPattern(builder, property.argument, source, binding));
      continue;
    }
    const name = keyName(property.key, property.computed);
    const part: Expr =
      name === null
        ? { kind: "index", object: source, key: builder.walk.expression(builder, property.key as never, binding.scope) }
        : { kind: "member", object: source, name, at: property.key.start };
    statements.push(...bindPattern(builder, property.value, part, binding));
  }
  return statements;
}

function declare(
  builder: Builder,
  name: string | null,
  at: number,
  init: Expr | undefined,
  type: TypeExpr | undefined,
  binding: Binding,
): Extract<Statement, { kind: "variable" }> {
  const variable = addVariable(builder, binding.scope, {
    name,
    at,
    constant: binding.constant,
    ...(type && { type }),
    ...(init && { init }),
  });
  return { kind: "variable", variable, at };
}
