import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal } from "../../src/contracts/event-source.ts";
import { typeText } from "../../src/contracts/type-text.ts";
import type { TypeShape } from "../../src/model/index.ts";
import { openInMemory, typeErrors } from "../support/in-memory.ts";
import { SHAPE, wireValue } from "../support/shapes.ts";

const list = (element: TypeShape, mutable = false): TypeShape => ({ kind: "array", element, mutable });
const choice = (...members: TypeShape[]): TypeShape => ({ kind: "union", members });

describe("typeText", () => {
  it.each<[string, TypeShape]>([
    ["string", { kind: "date" }],
    ['"open" | "closed"', choice({ kind: "literal", value: "open" }, { kind: "literal", value: "closed" })],
    ["readonly string[]", list({ kind: "string" })],
    ["string[]", list({ kind: "string" }, true)],
    ["readonly (string | null)[]", list(choice({ kind: "string" }, { kind: "null" }))],
    ["readonly (readonly number[])[]", list(list({ kind: "number" }))],
    ["number[][]", list(list({ kind: "number" }, true), true)],
    ["(readonly string[]) | null", choice(list({ kind: "string" }), { kind: "null" })],
    ["Readonly<Record<string, number>>", { kind: "record", value: { kind: "number" } }],
  ])("%s", (text, shape) => {
    expect(typeText(shape)).toBe(text);
  });

  it("quotes names that are none, and marks what may be missing", () => {
    const shape: TypeShape = {
      kind: "object",
      properties: [
        { name: "sku", shape: { kind: "string" }, optional: false },
        { name: "unit-price", shape: { kind: "number" }, optional: true },
      ],
    };
    expect(typeText(shape)).toBe('{\n  readonly sku: string;\n  readonly "unit-price"?: number;\n}');
  });

  it("takes the values that its schema takes", () => {
    // Every object has a `constructor` and a `__proto__`: TypeScript has ideas of its own about those names.
    const plain = SHAPE.filter((shape) => !/constructor|__proto__/.test(JSON.stringify(shape)));
    const pairs = fc.sample(
      plain.chain((shape) => fc.tuple(fc.constant(shape), wireValue(shape))),
      { numRuns: 200, seed: 7 },
    );
    const lines = pairs.map(
      ([shape, value], index) => `export const value${index}: ${typeText(shape)} = ${literal(value, "")};`,
    );
    expect(typeErrors(openInMemory({ "src/values.ts": lines.join("\n") }))).toEqual([]);
  });
});
