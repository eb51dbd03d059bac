import type {
  ArrowFunctionExpression,
  Class,
  Directive,
  Expression,
  Function as FunctionNode,
  Statement as StatementNode,
} from "oxc-parser";
import type {
  AliasFact,
  Augmentation,
  CallSiteFact,
  ClassFact,
  DecoratorFact,
  ExportFact,
  Expr,
  FunctionFact,
  ImportFact,
  InterfaceFact,
  MemberAssignment,
  NamespaceFact,
  ObjectFact,
  Statement,
  TypeParameterFact,
  TypeRef,
  ValueRef,
  VariableFact,
} from "../model/index.ts";
import { createScope, findType, findValue, type Scope } from "./scope.ts";

/** A fact under construction. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Where the walk stands: what `this` is, and what a call belongs to. */
export interface Position {
  readonly function: number;
  readonly class: number;
  readonly static: boolean;
  readonly member: string | null;
}

/** How the parts of the walk reach each other: expressions hold functions, functions hold statements, and so on. */
export interface Walkers {
  expression(builder: Builder, node: Expression, scope: Scope): Expr;
  statements(builder: Builder, nodes: readonly (Directive | StatementNode)[], scope: Scope): Statement[];
  callable(builder: Builder, node: CallableNode, scope: Scope, role: CallableRole): number;
  classLike(builder: Builder, node: Class, scope: Scope): number;
}

export type CallableNode = FunctionNode | ArrowFunctionExpression;

export interface CallableRole {
  readonly name: string | null;
  readonly at: number;
  readonly kind: FunctionFact["kind"];
  /** Class it is a member of, or -1. */
  readonly class: number;
  readonly static: boolean;
  readonly decorators: readonly DecoratorFact[];
}

/** Everything collected of one file so far. The one mutable object of this stage. */
export interface Builder {
  readonly walk: Walkers;
  readonly top: Scope;
  position: Position;
  /** Whether any member was narrowed: hardly a file has one. */
  narrows: boolean;
  readonly imports: ImportFact[];
  readonly exportStars: string[];
  readonly exports: Record<string, ExportFact>;
  readonly variables: Draft<VariableFact>[];
  readonly functions: Draft<FunctionFact>[];
  readonly classes: Draft<ClassFact>[];
  readonly interfaces: Draft<InterfaceFact>[];
  readonly aliases: AliasFact[];
  readonly typeParameters: Draft<TypeParameterFact>[];
  readonly namespaces: Draft<NamespaceFact>[];
  readonly augmentations: Augmentation[];
  readonly objects: Draft<ObjectFact>[];
  readonly calls: Draft<CallSiteFact>[];
  readonly memberAssignments: MemberAssignment[];
  /** Names wait until the file is read: JavaScript hoists. */
  readonly pending: (() => void)[];
  /** Assignments to variables, for those that have neither type nor initialiser. */
  readonly assignments: { readonly target: { ref: ValueRef }; readonly value: Expr }[];
}

export function createBuilder(walk: Walkers): Builder {
  return {
    walk,
    top: createScope(null, true),
    position: { function: -1, class: -1, static: false, member: null },
    narrows: false,
    imports: [],
    exportStars: [],
    exports: record(),
    variables: [],
    functions: [],
    classes: [],
    interfaces: [],
    aliases: [],
    typeParameters: [],
    namespaces: [],
    augmentations: [],
    objects: [],
    calls: [],
    memberAssignments: [],
    pending: [],
    assignments: [],
  };
}

/** A record without a prototype: a member may be called `constructor` or `__proto__`. */
export function record<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

const UNBOUND = { kind: "global", name: "" } as const;

export function valueName(builder: Builder, scope: Scope, name: string, at: number): Extract<Expr, { kind: "name" }> {
  const node: Draft<Extract<Expr, { kind: "name" }>> = { kind: "name", ref: UNBOUND, at };
  builder.pending.push(() => {
    node.ref = findValue(scope, name);
  });
  return node;
}

/** Calls `set` with the binding once the whole file is read. */
export function bindValueLater(builder: Builder, scope: Scope, name: string, set: (ref: ValueRef) => void): void {
  builder.pending.push(() => set(findValue(scope, name)));
}

export function bindTypeLater(builder: Builder, scope: Scope, name: string, set: (ref: TypeRef) => void): void {
  builder.pending.push(() => set(findType(scope, name)));
}

export function addVariable(builder: Builder, scope: Scope, fact: VariableFact): number {
  const index = builder.variables.length;
  builder.variables.push(fact);
  if (fact.name !== null) scope.values.set(fact.name, { kind: "variable", index });
  return index;
}

export function addImport(builder: Builder, fact: ImportFact): number {
  builder.imports.push(fact);
  return builder.imports.length - 1;
}

/** Runs `walk` with part of the position changed, and puts it back. */
export function within<T>(builder: Builder, change: Partial<Position>, walk: () => T): T {
  const outer = builder.position;
  builder.position = { ...outer, ...change };
  const result = walk();
  builder.position = outer;
  return result;
}
