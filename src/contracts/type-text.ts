import type { TypeShape } from "../model/index.ts";

/** A shape as TypeScript, as it is on the wire: a date is a string there. */
export function typeText(shape: TypeShape, indent = ""): string {
  switch (shape.kind) {
    case "date":
      return "string";
    case "literal":
      return JSON.stringify(shape.value);
    case "array": {
      const element = typeText(shape.element, indent);
      const isGrouped = shape.element.kind === "union" || element.startsWith("readonly ");
      return `${shape.mutable ? "" : "readonly "}${isGrouped ? `(${element})` : element}[]`;
    }
    case "record":
      return `Readonly<Record<string, ${typeText(shape.value, indent)}>>`;
    case "object": {
      const inner = `${indent}  `;
      const lines = shape.properties.map(
        (property) =>
          `${inner}readonly ${propertyName(property.name)}${property.optional ? "?" : ""}: ${typeText(property.shape, inner)};`,
      );
      return lines.length === 0 ? "Record<string, never>" : `{\n${lines.join("\n")}\n${indent}}`;
    }
    case "union":
      return shape.members
        .map((member) => typeText(member, indent))
        .map((text) => (text.startsWith("readonly ") ? `(${text})` : text))
        .join(" | ");
    case "unsupported":
      return "never";
    default:
      return shape.kind;
  }
}

/** A name that is no identifier stands in quotes. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
