import type {
  ParamPattern,
  PropertyKey,
  TSSignature,
  TSType,
  TSTypeAnnotation,
  TSTypeName,
  TSTypeParameterDeclaration,
  TSTypeParameterInstantiation,
  TSTypeQueryExprName,
} from "oxc-parser";
import type { ParameterType, Signature, SignatureMember, TypeExpr, TypeRef, ValueRef } from "../model/index.ts";
import { addImport, type Builder, bindTypeLater, bindValueLater, type Draft, record } from "./builder.ts";
import { createScope, type Scope } from "./scope.ts";

const ANY: TypeExpr = { kind: "any" };
const UNKNOWN: TypeExpr = { kind: "keyword", name: "unknown" };

/** Name of a property key, or null where it is computed at run time. */
export function keyName(key: PropertyKey, computed: boolean): string | null {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Identifier") return computed ? null : key.name;
  if (key.type === "Literal" && (typeof key.value === "string" || typeof key.value === "number"))
    return String(key.value);
  return null;
}

export function annotation(
  builder: Builder,
  node: TSTypeAnnotation | null | undefined,
  scope: Scope,
): TypeExpr | undefined {
  return node ? readType(builder, node.typeAnnotation, scope) : undefined;
}

export function typeArguments(
  builder: Builder,
  node: TSTypeParameterInstantiation | null | undefined,
  scope: Scope,
): TypeExpr[] | undefined {
  return node ? node.params.map((type) => readType(builder, type, scope)) : undefined;
}

export function typeParameters(
  builder: Builder,
  node: TSTypeParameterDeclaration | null | undefined,
  scope: Scope,
): number[] {
  if (!node) return [];
  const indexes = node.params.map((parameter) => addTypeParameter(builder, parameter.name.name, scope));
  node.params.forEach((parameter, position) => {
    const fact = builder.typeParameters[indexes[position] as number];
    if (!fact) return;
    if (parameter.constraint) fact.constraint = readType(builder, parameter.constraint, scope);
    if (parameter.default) fact.default = readType(builder, parameter.default, scope);
  });
  return indexes;
}

function addTypeParameter(builder: Builder, name: string, scope: Scope): number {
  const index = builder.typeParameters.length;
  builder.typeParameters.push({ name });
  scope.types.set(name, { kind: "parameter", index });
  return index;
}

interface SignatureNode {
  readonly typeParameters?: TSTypeParameterDeclaration | null;
  readonly params: readonly ParamPattern[];
  readonly returnType?: TSTypeAnnotation | null;
}

export function readSignature(builder: Builder, node: SignatureNode, outer: Scope): Signature {
  const scope = createScope(outer);
  const parameters = typeParameters(builder, node.typeParameters, scope);
  const returns = annotation(builder, node.returnType, scope);
  const receiver = thisParameter(node.params);
  const thisType = annotation(builder, receiver?.typeAnnotation, scope);
  const params = receiver ? node.params.slice(1) : node.params;
  return {
    typeParameters: parameters,
    parameters: params.map((parameter) => readParameterType(builder, parameter, scope)),
    ...(thisType && { thisType }),
    ...(returns && { returns }),
  };
}

/** `this: Store`, which callers do not pass. */
export function thisParameter(nodes: readonly ParamPattern[]) {
  const [first] = nodes;
  return first?.type === "Identifier" && first.name === "this" ? first : undefined;
}

function readParameterType(builder: Builder, node: ParamPattern, scope: Scope): ParameterType {
  const pattern = node.type === "TSParameterProperty" ? node.parameter : node;
  const target = pattern.type === "AssignmentPattern" ? pattern.left : pattern;
  const type = annotation(builder, target.typeAnnotation, scope);
  const name =
    target.type === "Identifier"
      ? target.name
      : target.type === "RestElement" && target.argument.type === "Identifier"
        ? target.argument.name
        : "";
  return { name, rest: target.type === "RestElement", ...(type && { type }) };
}

export function readMembers(
  builder: Builder,
  nodes: readonly TSSignature[],
  scope: Scope,
): Record<string, SignatureMember> {
  const members = record<Draft<SignatureMember> & { signatures?: Signature[] }>();
  const addSignature = (name: string, at: number, signature: Signature) => {
    const member = members[name] ?? { kind: "method" as const, at, signatures: [] };
    members[name] = { ...member, signatures: [...(member.signatures ?? []), signature] };
  };
  for (const node of nodes) {
    if (node.type === "TSPropertySignature") {
      const name = keyName(node.key, node.computed);
      const type = annotation(builder, node.typeAnnotation, scope);
      if (name !== null) members[name] ??= { kind: "property", at: node.key.start, ...(type && { type }) };
    } else if (node.type === "TSMethodSignature") {
      const name = keyName(node.key, node.computed);
      if (name === null) continue;
      const signature = readSignature(builder, node, scope);
      if (node.kind === "get") {
        members[name] ??= {
          kind: "property",
          at: node.key.start,
          ...(signature.returns && { type: signature.returns }),
        };
      } else if (node.kind === "method") addSignature(name, node.key.start, signature);
    } else if (node.type === "TSIndexSignature") {
      const type = annotation(builder, node.typeAnnotation, scope);
      members["[]"] = { kind: "property", at: node.start, ...(type && { type }) };
    } else if (node.type === "TSCallSignatureDeclaration") {
      addSignature("()", node.start, readSignature(builder, node, scope));
    } else {
      addSignature("new()", node.start, readSignature(builder, node, scope));
    }
  }
  return members;
}

/** A type reference by name. Bound after the whole file is read. */
export function typeReference(
  builder: Builder,
  name: TSTypeName,
  args: readonly TypeExpr[] | undefined,
  scope: Scope,
): TypeExpr {
  const node: { kind: "ref"; ref: TypeRef; args?: readonly TypeExpr[] } = {
    kind: "ref",
    ref: { kind: "global", name: "" },
    ...(args && { args }),
  };
  const path: string[] = [];
  let head: TSTypeName = name;
  while (head.type === "TSQualifiedName") {
    path.unshift(head.right.name);
    head = head.left;
  }
  if (head.type !== "Identifier") return UNKNOWN;
  bindTypeLater(builder, scope, head.name, (ref) => {
    node.ref = path.reduce<TypeRef>((left, part) => ({ kind: "qualified", left, name: part }), ref);
  });
  return node;
}

function typeQuery(builder: Builder, name: TSTypeQueryExprName, scope: Scope): TypeExpr {
  if (name.type === "TSImportType") return UNKNOWN;
  const path: string[] = [];
  let head: TSTypeName = name;
  while (head.type === "TSQualifiedName") {
    path.unshift(head.right.name);
    head = head.left;
  }
  if (head.type !== "Identifier") return UNKNOWN;
  const node: { kind: "typeof"; value: ValueRef; path: readonly string[] } = {
    kind: "typeof",
    value: { kind: "global", name: head.name },
    path,
  };
  bindValueLater(builder, scope, head.name, (ref) => {
    node.value = ref;
  });
  return node;
}

/** A written type as data; forms that cannot lead to a callee become `keyword`. */
export function readType(builder: Builder, node: TSType, scope: Scope): TypeExpr {
  const read = (type: TSType) => readType(builder, type, scope);
  switch (node.type) {
    case "TSTypeReference":
      return typeReference(builder, node.typeName, typeArguments(builder, node.typeArguments, scope), scope);
    case "TSArrayType":
      return { kind: "array", element: read(node.elementType) };
    case "TSTupleType":
      return {
        kind: "tuple",
        elements: node.elementTypes.map((element) => {
          if (element.type === "TSNamedTupleMember") return readType(builder, element.elementType as TSType, scope);
          if (element.type === "TSOptionalType" || element.type === "TSRestType") {
            const inner = element.typeAnnotation;
            return inner.type === "TSNamedTupleMember" ? read(inner.elementType as TSType) : read(inner);
          }
          return read(element);
        }),
      };
    case "TSParenthesizedType":
      return read(node.typeAnnotation);
    case "TSUnionType":
      return { kind: "union", types: node.types.map(read) };
    case "TSIntersectionType":
      return { kind: "intersection", types: node.types.map(read) };
    case "TSTypeLiteral":
      return { kind: "object", members: readMembers(builder, node.members, scope) };
    case "TSFunctionType":
      return { kind: "function", signature: readSignature(builder, node, scope) };
    case "TSConstructorType":
      return { kind: "constructor", signature: readSignature(builder, node, scope) };
    case "TSTypeQuery":
      return typeQuery(builder, node.exprName, scope);
    case "TSIndexedAccessType":
      return { kind: "indexed", object: read(node.objectType), index: read(node.indexType) };
    case "TSLiteralType":
      return { kind: "literal", value: literalTypeValue(node.literal) };
    case "TSTypeOperator":
      return node.operator === "keyof" ? { kind: "keyof", type: read(node.typeAnnotation) } : read(node.typeAnnotation);
    case "TSMappedType": {
      const inner = createScope(scope);
      const parameter = addTypeParameter(builder, node.key.name, inner);
      return {
        kind: "mapped",
        parameter,
        over: read(node.constraint),
        value: node.typeAnnotation ? readType(builder, node.typeAnnotation, inner) : ANY,
      };
    }
    case "TSConditionalType": {
      const inner = createScope(scope);
      readType(builder, node.extendsType, inner);
      return { kind: "conditional", yes: readType(builder, node.trueType, inner), no: read(node.falseType) };
    }
    case "TSInferType":
      addTypeParameter(builder, node.typeParameter.name.name, scope);
      return UNKNOWN;
    case "TSImportType": {
      if (node.qualifier?.type !== "Identifier") return UNKNOWN;
      const index = addImport(builder, {
        specifier: node.source.value,
        name: node.qualifier.name,
        typeOnly: true,
        at: node.start,
      });
      const args = typeArguments(builder, node.typeArguments, scope);
      return { kind: "ref", ref: { kind: "import", index }, ...(args && { args }) };
    }
    case "TSThisType":
      return { kind: "this", class: builder.position.class };
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
      return ANY;
    default:
      return { kind: "keyword", name: keywordName(node.type) };
  }
}

function literalTypeValue(node: { readonly type: string; readonly value?: unknown }): string | number | boolean | null {
  const value = node.value;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** `TSStringKeyword` → `string`. */
function keywordName(type: string): string {
  return type.replace(/^TS|Keyword$/g, "").toLowerCase();
}
