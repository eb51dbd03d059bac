import type { Node, Type } from "ts-morph";
import type { TypeShape } from "../model/index.ts";

const MAX_DEPTH = 6;
const MAX_PROPERTIES = 60;

/** A checker's type as data that can be sent, with what cannot be sent marked where it stands. */
export function shapeOf(type: Type, at: Node, path = "", depth = 0): TypeShape {
  if (depth > MAX_DEPTH) return unsupported(type, at, path, "it is nested too deeply, or contains itself");
  if (type.isAny() || type.isUnknown()) return unsupported(type, at, path, "its type is not known");
  if (type.isEnum() || type.isEnumLiteral()) {
    return unsupported(type, at, path, "it is an enum, and its value is none when it comes back: pass a plain value");
  }
  if (type.isTypeParameter()) {
    const constraint = type.getConstraint();
    return constraint ? shapeOf(constraint, at, path, depth) : unsupported(type, at, path, "its type is not known");
  }
  if (type.isNull()) return { kind: "null" };
  if (type.isStringLiteral() || type.isNumberLiteral()) {
    return { kind: "literal", value: type.getLiteralValueOrThrow() as string | number };
  }
  if (type.isBooleanLiteral()) return { kind: "literal", value: type.getText() === "true" };
  if (type.isString() || type.isTemplateLiteral()) return { kind: "string" };
  if (type.isNumber()) return { kind: "number" };
  if (type.isBoolean()) return { kind: "boolean" };
  if (type.isUnion()) return unionOf(type, at, path, depth);
  if (type.isArray() || type.isReadonlyArray()) {
    const element = type.getArrayElementTypeOrThrow();
    return { kind: "array", element: shapeOf(element, at, `${path}[]`, depth + 1), mutable: !type.isReadonlyArray() };
  }
  if (type.isIntersection() && type.getIntersectionTypes().some((part) => part.isString() || part.isNumber())) {
    return unsupported(type, at, path, "it is a branded value, and has no brand when it comes back");
  }
  if (type.isObject() || type.isIntersection()) return objectOf(type, at, path, depth);
  return unsupported(type, at, path, "it has no form in JSON");
}

function unionOf(type: Type, at: Node, path: string, depth: number): TypeShape {
  const members = type.getUnionTypes().filter((member) => !member.isUndefined());
  const booleans = members.filter((member) => member.isBooleanLiteral());
  const shapes = members
    .filter((member) => booleans.length < 2 || !member.isBooleanLiteral())
    .map((member) => shapeOf(member, at, path, depth));
  if (booleans.length === 2) shapes.push({ kind: "boolean" });
  const [only] = shapes;
  return shapes.length === 1 && only ? only : { kind: "union", members: shapes };
}

function objectOf(type: Type, at: Node, path: string, depth: number): TypeShape {
  const name = type.getSymbol()?.getName() ?? "";
  if (name === "Date") return { kind: "date" };
  if (type.getCallSignatures().length > 0) return unsupported(type, at, path, "it is a function");
  if (type.isTuple()) return unsupported(type, at, path, "it is a tuple");
  const index = type.getStringIndexType();
  const properties = type.getProperties();
  if (index && properties.length === 0) return { kind: "record", value: shapeOf(index, at, `${path}.*`, depth + 1) };
  if (properties.length > MAX_PROPERTIES) return unsupported(type, at, path, "it has too many properties");
  const found = properties.map((property) => {
    const its = property.getTypeAtLocation(at);
    const shape = shapeOf(its, at, path === "" ? property.getName() : `${path}.${property.getName()}`, depth + 1);
    return { name: property.getName(), shape, optional: property.isOptional() };
  });
  // Map, Buffer, a library's client: what they hold is behind what they can do.
  const isClass =
    type.isClass() ||
    type
      .getSymbol()
      ?.getDeclarations()
      .some((node) => node.getKindName() === "ClassDeclaration" || node.getSourceFile().isDeclarationFile());
  const behaves = found.some(({ shape }) => shape.kind === "unsupported" && shape.why === "it is a function");
  if (isClass && behaves) return unsupported(type, at, path, "it is an object with behaviour");
  return { kind: "object", properties: found };
}

function unsupported(type: Type, at: Node, path: string, why: string): TypeShape {
  return { kind: "unsupported", text: type.getText(at).slice(0, 80), path, why };
}
