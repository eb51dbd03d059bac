import type { PayloadProperty, TypeShape } from "../model/index.ts";

/** The part of JSON Schema 2020-12 that contracts use. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schema of a payload. Properties that it does not name are allowed: the producer may add some later. */
export function payloadSchema(payload: readonly PayloadProperty[]): JsonSchema {
  return objectSchema(payload);
}

export function schemaOf(shape: TypeShape): JsonSchema {
  switch (shape.kind) {
    case "date":
      return { type: "string", format: "date-time" };
    case "literal":
      return { const: shape.value };
    case "array":
      return { type: "array", items: schemaOf(shape.element) };
    case "record":
      return { type: "object", additionalProperties: schemaOf(shape.value) };
    case "object":
      return objectSchema(shape.properties);
    case "union":
      return unionSchema(shape.members);
    case "unsupported":
      throw new TypeError(`no schema for ${shape.text} at ${shape.path}: it should have been blocked`);
    default:
      return { type: shape.kind };
  }
}

function objectSchema(
  properties: readonly { readonly name: string; readonly shape: TypeShape; readonly optional: boolean }[],
): JsonSchema {
  return {
    type: "object",
    required: properties.filter((property) => !property.optional).map((property) => property.name),
    properties: Object.fromEntries(properties.map(({ name, shape }) => [name, schemaOf(shape)])),
  };
}

function unionSchema(members: readonly TypeShape[]): JsonSchema {
  if (members.every((member) => member.kind === "literal"))
    return { enum: members.map((member) => member.kind === "literal" && member.value) };
  const plain = members.map((member) => schemaOf(member));
  const simple = plain.every((schema) => Object.keys(schema).length === 1 && typeof schema.type === "string");
  if (!simple) return { anyOf: plain };
  const types = [...new Set(plain.map((schema) => schema.type))];
  return { type: types.length === 1 ? types[0] : types };
}
