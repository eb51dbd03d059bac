import fc from "fast-check";
import type { PropertyShape, TypeShape } from "../../src/model/index.ts";

const NAME = fc.constantFrom(
  "id",
  "sku",
  "note",
  "total",
  "at",
  "__proto__",
  "constructor",
  "two words",
  "2nd",
  "größe",
);

const LEAF: fc.Arbitrary<TypeShape> = fc.oneof(
  fc.constantFrom("string", "number", "boolean", "null", "date").map((kind) => ({ kind }) as TypeShape),
  fc
    .oneof(fc.constantFrom("open", "closed", ""), fc.integer({ min: -3, max: 3 }), fc.boolean())
    .map((value) => ({ kind: "literal", value: Object.is(value, -0) ? 0 : value }) as TypeShape),
);

/** Any shape that can be sent. */
export const SHAPE: fc.Arbitrary<TypeShape> = fc.letrec<{ shape: TypeShape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    LEAF,
    fc.record({ kind: fc.constant("array" as const), element: tie("shape"), mutable: fc.boolean() }),
    fc.record({ kind: fc.constant("record" as const), value: tie("shape") }),
    fc.record({ kind: fc.constant("object" as const), properties: propertiesOf(tie("shape")) }),
    fc.record({ kind: fc.constant("union" as const), members: fc.array(tie("shape"), { minLength: 2, maxLength: 3 }) }),
  ),
})).shape;

function propertiesOf(shape: fc.Arbitrary<TypeShape>): fc.Arbitrary<PropertyShape[]> {
  return fc.uniqueArray(fc.record({ name: NAME, shape, optional: fc.boolean() }), {
    selector: (property) => property.name,
    maxLength: 4,
  });
}

/** Values that fit a shape, as they are on the wire. */
export function wireValue(shape: TypeShape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "string":
      return fc.string();
    case "number":
      return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "date":
      return fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString());
    case "literal":
      return fc.constant(shape.value);
    case "array":
      return fc.array(wireValue(shape.element), { maxLength: 3 });
    case "record":
      return fc.dictionary(fc.string(), wireValue(shape.value), { maxKeys: 3 });
    case "object":
      return fc
        .tuple(
          ...shape.properties.map((property) =>
            property.optional ? fc.option(wireValue(property.shape), { nil: undefined }) : wireValue(property.shape),
          ),
        )
        .map((values) => Object.fromEntries(shape.properties.map(({ name }, index) => [name, values[index]])))
        .map((value) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)));
    case "union":
      return fc.oneof(...shape.members.map(wireValue));
    case "unsupported":
      return fc.constant(null);
  }
}
