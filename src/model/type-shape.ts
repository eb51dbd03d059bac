/** A type as data: what a contract is made of. `date` is a `Date` in code and an ISO 8601 string on the wire. */
export type TypeShape =
  | { readonly kind: "string" | "number" | "boolean" | "null" | "date" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** `mutable` as the caller has it: what it passes on may be changed by whoever gets it. */
  | { readonly kind: "array"; readonly element: TypeShape; readonly mutable: boolean }
  | { readonly kind: "record"; readonly value: TypeShape }
  | { readonly kind: "object"; readonly properties: readonly PropertyShape[] }
  | { readonly kind: "union"; readonly members: readonly TypeShape[] }
  /** `path` leads from the value to what cannot travel: `items[].request`. */
  | { readonly kind: "unsupported"; readonly text: string; readonly path: string; readonly why: string };

export interface PropertyShape {
  readonly name: string;
  readonly shape: TypeShape;
  readonly optional: boolean;
}

/** The first part of a shape that cannot be sent; null when all of it can. */
export function unsupportedPart(shape: TypeShape): Extract<TypeShape, { kind: "unsupported" }> | null {
  switch (shape.kind) {
    case "unsupported":
      return shape;
    case "array":
      return unsupportedPart(shape.element);
    case "record":
      return unsupportedPart(shape.value);
    case "object":
      return first(shape.properties.map((property) => property.shape));
    case "union":
      return first(shape.members);
    default:
      return null;
  }
}

function first(shapes: readonly TypeShape[]): Extract<TypeShape, { kind: "unsupported" }> | null {
  for (const shape of shapes) {
    const part = unsupportedPart(shape);
    if (part) return part;
  }
  return null;
}

/** Whether a date is anywhere in a shape. */
export function containsDate(shape: TypeShape): boolean {
  switch (shape.kind) {
    case "date":
      return true;
    case "array":
      return containsDate(shape.element);
    case "record":
      return containsDate(shape.value);
    case "object":
      return shape.properties.some((property) => containsDate(property.shape));
    case "union":
      return shape.members.some(containsDate);
    default:
      return false;
  }
}
