import type { Expr, TypeRef, ValueRef } from "../model/index.ts";

/** A lexical scope; values and types are separate name spaces, as in TypeScript. */
export interface Scope {
  readonly parent: Scope | null;
  /** `var` and function parameters live in the nearest such scope. */
  readonly isFunction: boolean;
  readonly values: Map<string, ValueRef>;
  readonly types: Map<string, TypeRef>;
  /** Classes that a path (`state.selection`) was tested to be an instance of; most scopes have none. */
  readonly instances?: ReadonlyMap<string, Expr>;
}

export function createScope(parent: Scope | null, isFunction = false): Scope {
  return { parent, isFunction, values: new Map(), types: new Map() };
}

export function findValue(scope: Scope, name: string): ValueRef {
  for (let current: Scope | null = scope; current; current = current.parent) {
    const found = current.values.get(name);
    if (found) return found;
  }
  return { kind: "global", name };
}

export function findType(scope: Scope, name: string): TypeRef {
  for (let current: Scope | null = scope; current; current = current.parent) {
    const found = current.types.get(name);
    if (found) return found;
  }
  return { kind: "global", name };
}

export function functionScope(scope: Scope): Scope {
  let current = scope;
  while (!current.isFunction && current.parent) current = current.parent;
  return current;
}
