import type {
  Argument,
  AssignmentExpression,
  CallExpression,
  Expression,
  NewExpression,
  ObjectExpression,
  TaggedTemplateExpression,
} from "oxc-parser";
import type { Expr, ObjectProperty } from "../model/index.ts";
import { addImport, type Builder, valueName } from "./builder.ts";
import { readCommonJsExport } from "./commonjs.ts";
import { giveContext } from "./contexts.ts";
import { narrow, narrowedTo } from "./narrowing.ts";
import type { Scope } from "./scope.ts";
import { keyName, readType, typeArguments } from "./types.ts";

const NOTHING: Expr = { kind: "other", values: [] };
const NULL: Expr = { kind: "literal", value: null };

/** An expression as data. Parentheses, `!`, `satisfies` and `as const` change nothing and disappear. */
export function readExpression(builder: Builder, node: Expression, scope: Scope): Expr {
  const read = (inner: Expression) => readExpression(builder, inner, scope);
  switch (node.type) {
    case "Identifier":
      return valueName(builder, scope, node.name, node.start);
    case "Literal":
      return readLiteral(node.value);
    case "TemplateLiteral":
      return { kind: "template", text: templateText(node.quasis), values: node.expressions.map(read) };
    case "TaggedTemplateExpression":
      return readTagged(builder, node, scope);
    case "ThisExpression":
      return { kind: "this", class: builder.position.class, static: builder.position.static };
    case "Super":
      return { kind: "super", class: builder.position.class, static: builder.position.static };
    case "MemberExpression":
      return readMember(builder, node, scope);
    case "CallExpression":
    case "NewExpression":
      return readCall(builder, node, scope);
    case "ChainExpression":
    case "ParenthesizedExpression":
    case "TSNonNullExpression":
    case "TSInstantiationExpression":
      return read(node.expression);
    case "TSSatisfiesExpression": {
      const value = read(node.expression);
      giveContext(builder, value, { kind: "typed", type: readType(builder, node.typeAnnotation, scope) });
      return value;
    }
    case "TSAsExpression":
    case "TSTypeAssertion": {
      const value = read(node.expression);
      const type = readType(builder, node.typeAnnotation, scope);
      const isConst = type.kind === "ref" && node.typeAnnotation.end - node.typeAnnotation.start === 5 && !type.args;
      if (isConst && isConstName(node.typeAnnotation)) return value;
      // `as unknown as Port`: what is expected is the port.
      if (type.kind !== "any") giveContext(builder, value, { kind: "typed", type });
      return { kind: "as", type, value };
    }
    case "AwaitExpression":
      return { kind: "await", value: read(node.argument) };
    case "ArrowFunctionExpression":
    case "FunctionExpression": {
      const kind = node.type === "ArrowFunctionExpression" ? "arrow" : "function";
      const name = node.id?.name ?? null;
      const role = { name, at: node.start, kind, class: -1, static: false, decorators: [] } as const;
      return { kind: "function", function: builder.walk.callable(builder, node, scope, role) };
    }
    case "ClassExpression":
      return { kind: "class", class: builder.walk.classLike(builder, node, scope) };
    case "ObjectExpression":
      return readObject(builder, node, scope);
    case "ArrayExpression":
      return {
        kind: "array",
        elements: node.elements.map((item) => (item ? readArgument(builder, item, scope) : NOTHING)),
      };
    case "ConditionalExpression":
      return {
        kind: "conditional",
        test: read(node.test),
        yes: readExpression(builder, node.consequent, narrow(builder, node.test, scope)),
        no: read(node.alternate),
      };
    case "LogicalExpression": {
      const left = read(node.left);
      const inner = node.operator === "&&" ? narrow(builder, node.left, scope) : scope;
      return { kind: "logical", operator: node.operator, left, right: readExpression(builder, node.right, inner) };
    }
    case "BinaryExpression":
      if ((node.left as { type: string }).type === "PrivateIdentifier")
        return { kind: "unary", operator: "in", value: read(node.right) };
      return { kind: "binary", operator: node.operator, left: read(node.left as Expression), right: read(node.right) };
    case "UnaryExpression":
      return { kind: "unary", operator: node.operator, value: read(node.argument) };
    case "UpdateExpression":
      return { kind: "assign", operator: node.operator, target: read(node.argument), value: NOTHING, at: node.start };
    case "AssignmentExpression":
      return readAssignment(builder, node, scope);
    case "SequenceExpression":
      return { kind: "sequence", values: node.expressions.map(read) };
    case "ImportExpression":
      if (node.source.type === "Literal" && typeof node.source.value === "string") {
        const fact = { specifier: node.source.value, name: "*", typeOnly: false, at: node.start };
        return { kind: "import", import: addImport(builder, fact) };
      }
      return { kind: "other", values: [read(node.source)] };
    case "YieldExpression":
      return { kind: "other", values: node.argument ? [read(node.argument)] : [] };
    case "JSXElement":
    case "JSXFragment":
      return { kind: "other", values: jsxExpressions(node).map(read) };
    default:
      return NOTHING;
  }
}

function isConstName(type: { readonly type: string; readonly typeName?: unknown }): boolean {
  return (type.typeName as { name?: string } | undefined)?.name === "const";
}

function readLiteral(value: unknown): Expr {
  if (value === null) return NULL;
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return plain ? { kind: "literal", value } : NOTHING;
}

/** Stands for a value in a template: `${}`. */
const HOLE = "\u0024{}";

function templateText(quasis: readonly { readonly value: { readonly raw: string } }[]): string {
  return quasis.map((part) => part.value.raw).join(HOLE);
}

function readMember(builder: Builder, node: Extract<Expression, { type: "MemberExpression" }>, scope: Scope): Expr {
  const object = readExpression(builder, node.object, scope);
  if (!node.computed) {
    const name = node.property.type === "PrivateIdentifier" ? `#${node.property.name}` : node.property.name;
    const member: Expr = { kind: "member", object, name, at: node.property.start };
    const of = narrowedTo(builder, scope, node);
    return of ? { kind: "instance", of, value: member } : member;
  }
  const key = readExpression(builder, node.property, scope);
  if (key.kind === "literal" && typeof key.value === "string") {
    return { kind: "member", object, name: key.value, at: node.property.start };
  }
  return { kind: "index", object, key };
}

function readArgument(builder: Builder, node: Argument, scope: Scope): Expr {
  if (node.type === "SpreadElement") return { kind: "spread", value: readExpression(builder, node.argument, scope) };
  return readExpression(builder, node, scope);
}

function unwrapCallee(node: Expression): Expression {
  let current = node;
  while (
    current.type === "TSNonNullExpression" ||
    current.type === "ParenthesizedExpression" ||
    current.type === "ChainExpression"
  ) {
    current = current.expression;
  }
  return current;
}

function readCall(builder: Builder, node: CallExpression | NewExpression, scope: Scope): Expr {
  const index = builder.calls.length;
  const target = unwrapCallee(node.callee);
  const name = target.type === "MemberExpression" ? target.property : target;
  const fact = {
    callee: NOTHING,
    args: [] as Expr[],
    typeArgs: typeArguments(builder, node.typeArguments, scope) ?? [],
    isNew: node.type === "NewExpression",
    isTag: false,
    optional: node.type === "CallExpression" && node.optional,
    at: name.start,
    nameEnd: name.end,
    start: node.start,
    end: node.end,
    function: builder.position.function,
    class: builder.position.class,
    member: builder.position.member,
  };
  builder.calls.push(fact);
  const required = requiredSpecifier(node);
  if (required !== null) addImport(builder, { specifier: required, name: "*", typeOnly: false, at: node.start });
  fact.callee = readExpression(builder, node.callee, scope);
  fact.args = node.arguments.map((argument, position) => {
    const value = readArgument(builder, argument, scope);
    giveContext(builder, value, { kind: "argument", call: index, index: position });
    return value;
  });
  return { kind: "call", call: index };
}

/** The file that `require("…")` reads, so that it is read here too. */
function requiredSpecifier(node: CallExpression | NewExpression): string | null {
  const [argument] = node.arguments;
  const isRequire =
    node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "require";
  return isRequire && argument?.type === "Literal" && typeof argument.value === "string" ? argument.value : null;
}

/** A tagged template is a call of its tag with the template, though nobody counts it as a call between modules. */
function readTagged(builder: Builder, node: TaggedTemplateExpression, scope: Scope): Expr {
  const index = builder.calls.length;
  const name = node.tag.type === "MemberExpression" ? node.tag.property : node.tag;
  const fact = {
    callee: NOTHING,
    args: [] as Expr[],
    typeArgs: typeArguments(builder, node.typeArguments, scope) ?? [],
    isNew: false,
    isTag: true,
    optional: false,
    at: name.start,
    nameEnd: name.end,
    start: node.start,
    end: node.end,
    function: builder.position.function,
    class: builder.position.class,
    member: builder.position.member,
  };
  builder.calls.push(fact);
  fact.callee = readExpression(builder, node.tag, scope);
  fact.args = [readExpression(builder, node.quasi, scope)];
  return { kind: "call", call: index };
}

function readObject(builder: Builder, node: ObjectExpression, scope: Scope): Expr {
  const object = builder.objects.length;
  builder.objects.push({});
  const properties: ObjectProperty[] = [];
  const spreads: Expr[] = [];
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      spreads.push(readExpression(builder, property.argument, scope));
      continue;
    }
    const name = keyName(property.key, property.computed);
    if (property.computed)
      spreads.push({ kind: "other", values: [readExpression(builder, property.key as Expression, scope)] });
    const value = readExpression(builder, property.value, scope);
    if (name === null) {
      spreads.push({ kind: "other", values: [value] });
      continue;
    }
    if (value.kind === "function") {
      const fn = builder.functions[value.function];
      if (fn) fn.name ??= name;
    }
    giveContext(builder, value, { kind: "property", object, name });
    properties.push({ name, value, at: property.key.start, getter: property.kind === "get" });
  }
  return { kind: "object", object, properties, spreads };
}

function readAssignment(builder: Builder, node: AssignmentExpression, scope: Scope): Expr {
  const value = readExpression(builder, node.right, scope);
  const { left } = node;
  if (left.type === "ObjectPattern" || left.type === "ArrayPattern") {
    return { kind: "other", values: [value] };
  }
  readCommonJsExport(builder, left as Expression, value);
  const target = readExpression(builder, left as Expression, scope);
  if (target.kind === "name") builder.assignments.push({ target, value });
  if (target.kind === "member" && target.object.kind !== "this" && mayBeFunction(value)) {
    builder.memberAssignments.push({ target, value });
  }
  if (target.kind === "member" && target.object.kind === "this") {
    const owner = builder.classes[target.object.class];
    if (owner) (owner.assigned as Record<string, Expr>)[target.name] ??= value;
  }
  return { kind: "assign", operator: node.operator, target, value, at: node.start };
}

function mayBeFunction(value: Expr): boolean {
  return value.kind === "function" || value.kind === "name";
}

/** Expressions held by JSX, in source order: attribute values, spreads, children. */
function jsxExpressions(node: unknown): Expression[] {
  const found: Expression[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value && typeof value === "object" && "type" in value) {
      const part = value as { type: string; [key: string]: unknown };
      if (
        part.type === "JSXExpressionContainer" ||
        part.type === "JSXSpreadAttribute" ||
        part.type === "JSXSpreadChild"
      ) {
        const inner = (part.expression ?? part.argument) as Expression | undefined;
        if (inner && (inner as { type: string }).type !== "JSXEmptyExpression") found.push(inner);
      } else if (part.type.startsWith("JSX")) {
        visit(part.openingElement);
        visit(part.attributes);
        visit(part.value);
        visit(part.children);
      }
    }
  };
  visit(node);
  return found;
}
