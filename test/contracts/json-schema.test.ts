import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { samplePayload } from "../../src/contracts/event-source.ts";
import { payloadSchema, schemaOf } from "../../src/contracts/json-schema.ts";
import type { PayloadProperty, TypeShape } from "../../src/model/index.ts";
import { validate } from "../../templates/runtime/schema.ts";
import { SHAPE, wireValue } from "../support/shapes.ts";

const ajv = new Ajv2020({ strictTypes: false, ownProperties: true });
addFormats.default(ajv);

/** What the reference validator and the emitted one say. */
function bothSay(shape: TypeShape, value: unknown): { readonly ajv: boolean; readonly emitted: boolean } {
  const schema = schemaOf(shape);
  return { ajv: ajv.compile(schema)(value), emitted: validate(schema, value).length === 0 };
}

const propertyOf = (name: string, shape: TypeShape, optional = false): PayloadProperty => ({
  name,
  shape,
  optional,
  expression: name,
});

describe("schemas of shapes", () => {
  it.each<[string, TypeShape, unknown]>([
    ["a string", { kind: "string" }, { type: "string" }],
    ["a date", { kind: "date" }, { type: "string", format: "date-time" }],
    ["a literal", { kind: "literal", value: 3 }, { const: 3 }],
    [
      "a list",
      { kind: "array", element: { kind: "number" }, mutable: false },
      { type: "array", items: { type: "number" } },
    ],
    [
      "a dictionary",
      { kind: "record", value: { kind: "boolean" } },
      { type: "object", additionalProperties: { type: "boolean" } },
    ],
    [
      "a choice of words",
      {
        kind: "union",
        members: [
          { kind: "literal", value: "open" },
          { kind: "literal", value: "closed" },
        ],
      },
      { enum: ["open", "closed"] },
    ],
    [
      "what may be null",
      { kind: "union", members: [{ kind: "string" }, { kind: "null" }] },
      { type: ["string", "null"] },
    ],
    [
      "a word that may be null",
      { kind: "union", members: [{ kind: "literal", value: "open" }, { kind: "null" }] },
      { anyOf: [{ const: "open" }, { type: "null" }] },
    ],
  ])("%s", (_name, shape, schema) => {
    expect(schemaOf(shape)).toEqual(schema);
  });

  it("requires what is not optional, and allows what a later version may add", () => {
    const schema = payloadSchema([propertyOf("id", { kind: "string" }), propertyOf("note", { kind: "string" }, true)]);
    expect(schema).toMatchObject({ type: "object", required: ["id"] });
    expect(validate(schema, { id: "1", added: true })).toEqual([]);
    expect(validate(schema, { note: "x" })).toEqual(["payload.id: is missing"]);
  });

  it("does not describe what cannot be sent", () => {
    const shape: TypeShape = { kind: "unsupported", text: "Basket", path: "", why: "it is an object with behaviour" };
    expect(() => schemaOf(shape)).toThrow(/should have been blocked/);
  });
});

describe("the emitted validator", () => {
  it("takes what fits, like the reference", () => {
    const fitting = SHAPE.chain((shape) => fc.tuple(fc.constant(shape), wireValue(shape)));
    fc.assert(
      fc.property(fitting, ([shape, value]) => {
        expect(bothSay(shape, value)).toEqual({ ajv: true, emitted: true });
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with the reference about any other value", () => {
    fc.assert(
      fc.property(SHAPE, fc.jsonValue({ maxDepth: 3 }), (shape, value) => {
        const said = bothSay(shape, value);
        expect(said.emitted).toBe(said.ajv);
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with the reference about values of another shape", () => {
    const crossed = fc.tuple(SHAPE, SHAPE).chain(([shape, other]) => fc.tuple(fc.constant(shape), wireValue(other)));
    fc.assert(
      fc.property(crossed, ([shape, value]) => {
        const said = bothSay(shape, value);
        expect(said.emitted).toBe(said.ajv);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["1", "2026", "2026-01-01", "2026-01-01T00:00:00", "tomorrow", "2026-13-01T00:00:00Z"])(
    "takes %s for no date, like the reference",
    (value) => {
      expect(bothSay({ kind: "date" }, value)).toEqual({ ajv: false, emitted: false });
    },
  );
});

describe("the sample of an emitted test", () => {
  it("fits its schema", () => {
    fc.assert(
      fc.property(SHAPE, (shape) => {
        const payload = [propertyOf("value", shape)];
        expect(validate(payloadSchema(payload), samplePayload(payload))).toEqual([]);
      }),
    );
  });
});
