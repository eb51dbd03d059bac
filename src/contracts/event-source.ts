import type { EventDesign, PropertyShape, TypeShape } from "../model/index.ts";
import { payloadSchema } from "./json-schema.ts";
import { propertyName, typeText } from "./type-text.ts";

/** The file of an event: its type, its schema, its factory. `runtime` is the specifier of the emitted runtime. */
export function eventSource(event: EventDesign, recordedBy: string, runtime: string): string {
  const order = event.key
    ? ` Events of one ${event.key} keep their order.`
    : " These events have no order among each other.";
  const properties = event.payload.map(
    ({ name, shape, optional }) => `  readonly ${propertyName(name)}${optional ? "?" : ""}: ${typeText(shape, "  ")};`,
  );
  const lines = [
    `import { defineEvent } from "${runtime}";`,
    "",
    `/** Recorded by ${recordedBy}.${order} */`,
    `export interface ${event.typeName} {`,
    ...properties,
    "}",
    "",
    `export const ${event.variable} = defineEvent<${event.typeName}>({`,
    `  type: "${event.type}",`,
    "  version: 1,",
    ...keyLines(event),
    `  schema: ${literal(payloadSchema(event.payload), "  ")},`,
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

function keyLines(event: EventDesign): string[] {
  if (event.key === null) return [];
  const key = event.payload.find(({ name }) => name === event.key);
  const access = `payload.${event.key}`;
  return [`  key: (payload) => ${key?.shape.kind === "number" ? `String(${access})` : access},`];
}

/** A JSON value as TypeScript, with names unquoted where they may be. */
export function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value);
  const oneLine = `{ ${entries.map(([name, part]) => `${propertyName(name)}: ${literal(part, indent)}`).join(", ")} }`;
  if (entries.length === 0) return "{}";
  if (oneLine.length <= 60 && !oneLine.includes("\n")) return oneLine;
  const inner = `${indent}  `;
  return `{\n${entries.map(([name, part]) => `${inner}${propertyName(name)}: ${literal(part, inner)},`).join("\n")}\n${indent}}`;
}

/** A value that fits a payload, for tests. */
export function samplePayload(payload: readonly PropertyShape[]): Record<string, unknown> {
  return Object.fromEntries(payload.map(({ name, shape }, index) => [name, sample(shape, name, index)]));
}

function sample(shape: TypeShape, name: string, index: number): unknown {
  switch (shape.kind) {
    case "string":
      if (/(^|[a-z])(id|uuid)$/i.test(name)) return `00000000-0000-4000-8000-${String(index + 1).padStart(12, "0")}`;
      return /mail/i.test(name) ? "someone@example.org" : name;
    case "number":
      return 1;
    case "boolean":
      return true;
    case "null":
      return null;
    case "date":
      return "2026-01-01T00:00:00.000Z";
    case "literal":
      return shape.value;
    case "array":
      return [sample(shape.element, name, index)];
    case "record":
      return {};
    case "object":
      return Object.fromEntries(shape.properties.map((part) => [part.name, sample(part.shape, part.name, index)]));
    case "union":
      return sample(shape.members[0] ?? { kind: "null" }, name, index);
    case "unsupported":
      return null;
  }
}
