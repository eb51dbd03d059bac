import type { Expression } from "oxc-parser";
import type { Expr } from "../model/index.ts";
import { addVariable, type Builder, valueName } from "./builder.ts";
import { createScope, type Scope } from "./scope.ts";

/** `x instanceof C` makes x a C where it holds; the only narrowing that types a receiver on its own. */
export function narrow(builder: Builder, test: Expression, scope: Scope): Scope {
  if (test.type === "ParenthesizedExpression") return narrow(builder, test.expression, scope);
  if (test.type === "LogicalExpression" && test.operator === "&&") {
    return narrow(builder, test.right, narrow(builder, test.left, scope));
  }
  if (test.type !== "BinaryExpression" || test.operator !== "instanceof") return scope;
  const { left, right } = test;
  if (right.type !== "Identifier") return scope;
  const of = valueName(builder, scope, right.name, right.start);
  if (left.type === "Identifier") {
    const inner = createScope(scope);
    const value = valueName(builder, scope, left.name, left.start);
    const init = { kind: "instance", of, value } as const;
    addVariable(builder, inner, { name: left.name, at: left.start, constant: true, init });
    return inner;
  }
  const path = pathOf(left as Expression);
  if (path === null) return scope;
  builder.narrows = true;
  return { ...createScope(scope), instances: new Map([[path, of]]) };
}

/** The class that `state.selection` is known to be an instance of here. */
export function narrowedTo(builder: Builder, scope: Scope, node: Expression): Expr | undefined {
  const path = builder.narrows ? pathOf(node) : null;
  if (path === null) return undefined;
  for (let current: Scope | null = scope; current; current = current.parent) {
    const of = current.instances?.get(path);
    if (of) return of;
  }
  return undefined;
}

function pathOf(node: Expression): string | null {
  if (node.type === "Identifier") return node.name;
  if (node.type === "ThisExpression") return "this";
  if (node.type !== "MemberExpression" || node.computed) return null;
  const object = pathOf(node.object);
  return object === null ? null : `${object}.${node.property.name}`;
}
