import { Node, type TypeNode } from "ts-morph";
import type { TypeShape } from "../model/index.ts";
import { parse } from "./parse.ts";

export interface ReadEvent {
  readonly type: string;
  readonly variable: string;
  readonly properties: readonly { readonly name: string; readonly optional: boolean; readonly shape: TypeShape }[];
}

/** What an event's file says: its type and the properties of its payload. Null where it is no event's file. */
export function readEvent(text: string): ReadEvent | null {
  const file = parse(text.replace(/^\uFEFF/, ""));
  const type = /\btype:\s*["']([^"']+)["']/.exec(text)?.[1];
  const variable = /export const (\w+) = defineEvent\b/.exec(text)?.[1];
  const payload = file.getInterfaces().at(-1);
  if (!type || !variable || !payload) return null;
  const properties = payload.getProperties().map((property) => ({
    name: property.getName().replace(/["']/g, ""),
    optional: property.hasQuestionToken(),
    shape: shapeOf(property.getTypeNode()),
  }));
  return { type, variable, properties };
}

/** A written type as data, as far as contracts write them. */
function shapeOf(node: TypeNode | undefined): TypeShape {
  const text = node?.getText() ?? "";
  if (text === "string" || text === "number" || text === "boolean" || text === "null") return { kind: text };
  if (Node.isLiteralTypeNode(node)) {
    const literal = node.getLiteral();
    if (Node.isStringLiteral(literal)) return { kind: "literal", value: literal.getLiteralValue() };
    if (Node.isNumericLiteral(literal)) return { kind: "literal", value: literal.getLiteralValue() };
    return { kind: "literal", value: text === "true" };
  }
  if (Node.isUnionTypeNode(node)) return { kind: "union", members: node.getTypeNodes().map(shapeOf) };
  if (Node.isTypeOperatorTypeNode(node)) return readonlyOf(shapeOf(node.getTypeNode()));
  if (Node.isParenthesizedTypeNode(node)) return shapeOf(node.getTypeNode());
  if (Node.isArrayTypeNode(node)) return { kind: "array", element: shapeOf(node.getElementTypeNode()), mutable: true };
  if (Node.isTypeLiteral(node)) {
    const properties = node.getProperties().map((property) => ({
      name: property.getName().replace(/["']/g, ""),
      optional: property.hasQuestionToken(),
      shape: shapeOf(property.getTypeNode()),
    }));
    return { kind: "object", properties };
  }
  const inner =
    /^Readonly<Record<string, /.test(text) && Node.isTypeReference(node) ? node.getTypeArguments()[0] : undefined;
  const value = Node.isTypeReference(inner) ? inner.getTypeArguments()[1] : undefined;
  return value
    ? { kind: "record", value: shapeOf(value) }
    : { kind: "unsupported", text, path: "", why: "it is written by hand" };
}

/** `readonly string[]`: the operator stands around the list. */
function readonlyOf(shape: TypeShape): TypeShape {
  return shape.kind === "array" ? { ...shape, mutable: false } : shape;
}
