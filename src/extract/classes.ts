import type {
  AccessorProperty,
  Class,
  ClassElement,
  Expression,
  MethodDefinition,
  PropertyDefinition,
} from "oxc-parser";
import type { ClassFact, ClassMember, Expr, TypeExpr } from "../model/index.ts";
import { type Builder, bindTypeLater, type Draft, record, within } from "./builder.ts";
import { giveContext } from "./contexts.ts";
import { readDecorators } from "./functions.ts";
import { createScope, type Scope } from "./scope.ts";
import { annotation, keyName, typeArguments, typeParameters } from "./types.ts";

type PropertyElement = PropertyDefinition | AccessorProperty;

const INJECTING = new Set([
  "Inject",
  "InjectRepository",
  "InjectModel",
  "InjectQueue",
  "InjectDataSource",
  "Autowired",
]);

/** Reads a class declaration or expression; returns its index. */
export function readClass(builder: Builder, node: Class, outer: Scope): number {
  const index = builder.classes.length;
  const fact: Draft<ClassFact> = {
    name: node.id?.name ?? null,
    at: (node.id ?? node).start,
    end: node.end,
    abstract: node.abstract === true,
    typeParameters: [],
    implements: [],
    members: record<ClassMember>(),
    statics: record<ClassMember>(),
    constructorFunction: -1,
    assigned: record<Expr>(),
    decorators: [],
    merged: [],
  };
  builder.classes.push(fact);
  const scope = createScope(outer);
  if (node.id) {
    // The name of a class expression is known inside it only.
    const home = node.type === "ClassExpression" ? scope : outer;
    home.values.set(node.id.name, { kind: "class", index });
    home.types.set(node.id.name, { kind: "class", index });
  }
  within(builder, { function: -1, class: index, static: true, member: null }, () => {
    fact.decorators = readDecorators(builder, node.decorators, outer);
    fact.typeParameters = typeParameters(builder, node.typeParameters, scope);
    if (node.superClass) fact.extends = builder.walk.expression(builder, node.superClass, outer);
    const args = typeArguments(builder, node.superTypeArguments, scope);
    if (args) fact.extendsArgs = args;
    fact.implements = (node.implements ?? []).map((clause) => heritageType(builder, clause.expression, clause, scope));
    for (const element of node.body.body) readElement(builder, element, index, scope);
  });
  return index;
}

interface HeritageClause {
  readonly typeArguments?: Parameters<typeof typeArguments>[1];
}

/** `implements Port<T>` and `extends Base<T>` of an interface: an expression that names a type. */
export function heritageType(builder: Builder, node: unknown, clause: HeritageClause, scope: Scope): TypeExpr {
  const path: string[] = [];
  let head = node as {
    type: string;
    name?: string;
    object?: unknown;
    property?: { name?: string };
    left?: unknown;
    right?: { name?: string };
  };
  while (head.type === "MemberExpression" || head.type === "TSQualifiedName") {
    path.unshift((head.property ?? head.right)?.name ?? "");
    head = (head.object ?? head.left) as typeof head;
  }
  if (head.type !== "Identifier" || !head.name) return { kind: "keyword", name: "unknown" };
  const args = typeArguments(builder, clause.typeArguments, scope);
  const type: Draft<Extract<TypeExpr, { kind: "ref" }>> = {
    kind: "ref",
    ref: { kind: "global", name: head.name },
    ...(args && { args }),
  };
  bindTypeLater(builder, scope, head.name, (ref) => {
    type.ref = path.reduce<typeof ref>((left, name) => ({ kind: "qualified", left, name }), ref);
  });
  return type;
}

function readElement(builder: Builder, element: ClassElement, index: number, scope: Scope): void {
  if (element.type === "TSIndexSignature") return;
  if (element.type === "StaticBlock") {
    builder.walk.statements(builder, element.body, createScope(scope, true));
    return;
  }
  if (isMethod(element)) readMethod(builder, element, index, scope);
  else readProperty(builder, element, index, scope);
}

function isMethod(element: ClassElement): element is MethodDefinition {
  return element.type === "MethodDefinition" || element.type === "TSAbstractMethodDefinition";
}

function membersOf(builder: Builder, index: number, isStatic: boolean): Record<string, Draft<ClassMember>> {
  const fact = builder.classes[index] as ClassFact;
  return (isStatic ? fact.statics : fact.members) as Record<string, Draft<ClassMember>>;
}

const MEMBER_KIND = { method: "method", get: "getter", set: "setter", constructor: "method" } as const;

function readMethod(builder: Builder, element: MethodDefinition, index: number, scope: Scope): void {
  const name = keyName(element.key, element.computed);
  if (element.computed) builder.walk.expression(builder, element.key as Expression, scope);
  const isConstructor = element.kind === "constructor";
  const kind = MEMBER_KIND[element.kind];
  const decorators = within(builder, { member: name }, () => readDecorators(builder, element.decorators, scope));
  const fn = builder.walk.callable(builder, element.value, scope, {
    name,
    at: element.key.start,
    kind: isConstructor ? "constructor" : kind,
    class: index,
    static: element.static,
    decorators,
  });
  if (isConstructor) {
    if (element.value.body) (builder.classes[index] as Draft<ClassFact>).constructorFunction = fn;
    return;
  }
  if (name === null) return;
  const members = membersOf(builder, index, element.static);
  const existing = members[name];
  if (existing?.kind === "method" && kind === "method") existing.functions = [...existing.functions, fn];
  else if (!(existing && kind === "setter")) {
    const abstract = element.type === "TSAbstractMethodDefinition";
    members[name] = { kind, at: element.key.start, abstract, functions: [fn], injected: false, decorators };
  }
}

function readProperty(builder: Builder, element: PropertyElement, index: number, scope: Scope): void {
  const name = keyName(element.key, element.computed);
  if (element.computed) builder.walk.expression(builder, element.key as Expression, scope);
  within(builder, { function: -1, class: index, static: element.static, member: name }, () => {
    const decorators = readDecorators(builder, element.decorators, scope);
    const type = annotation(builder, element.typeAnnotation, scope);
    const init = element.value ? builder.walk.expression(builder, element.value, scope) : undefined;
    if (init) initialise(builder, init, { name: name ?? undefined, type, class: index, static: element.static });
    if (name === null) return;
    membersOf(builder, index, element.static)[name] = {
      kind: "property",
      at: element.key.start,
      abstract: element.type.startsWith("TSAbstract"),
      functions: [],
      injected: decorators.some((decorator) => INJECTING.has(decorator.name)),
      decorators,
      ...(type && { type }),
      ...(init && { init }),
    };
  });
}

/** Tells a function or object literal what it initialises: its name, and the type that is expected of it. */
export function initialise(
  builder: Builder,
  init: Expr,
  target: {
    readonly name?: string | undefined;
    readonly type?: TypeExpr | undefined;
    readonly class?: number;
    readonly static?: boolean;
  },
): void {
  if (target.type) giveContext(builder, init, { kind: "typed", type: target.type });
  if (init.kind === "function") {
    const fn = builder.functions[init.function];
    if (!fn) return;
    fn.name ??= target.name ?? null;
    if (target.class !== undefined) {
      fn.class = target.class;
      fn.static = target.static ?? false;
    }
  } else if (init.kind === "object") {
    const object = builder.objects[init.object];
    if (object && target.name) object.name = target.name;
  }
}
