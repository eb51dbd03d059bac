import { ANY, arrayOf, extendLibrary, PRIMITIVE, type Type, unionOf, type World } from "./world.ts";

/** An element of what can be iterated or destructured by position. */
export function elementOf(world: World, type: Type | null, index?: number): Type | null {
  switch (type?.kind) {
    case "array":
      return index !== undefined && type.tuple ? (type.tuple[index] ?? null) : type.element;
    case "union":
    case "intersection":
      return unionOf(type.types.map((part) => elementOf(world, part, index)));
    case "map":
      return arrayOf(type.value, [PRIMITIVE, type.value]);
    case "mapped":
      return world.typeOf(type.file, type.type.value, type.env);
    case "members":
    case "interface":
      return world.member(type, "[]")?.type() ?? null;
    case "library":
      return extendLibrary(type, "[]");
    case "any":
      return ANY;
    default:
      return null;
  }
}

/** The values of an object, map or array: what `Object.values` gives. */
export function propertyValues(world: World, type: Type | null): Type | null {
  switch (type?.kind) {
    case "map":
      return type.value;
    case "array":
      return type.element;
    case "literal-object":
      return unionOf(type.value.properties.map((property) => world.valueOf(type.file, property.value)));
    case "mapped":
      return world.typeOf(type.file, type.type.value, type.env);
    case "union":
      return unionOf(type.types.map((part) => propertyValues(world, part)));
    case "members":
    case "interface":
      return world.member(type, "[]")?.type() ?? null;
    case "library":
      return extendLibrary(type, "[]");
    case "any":
      return ANY;
    default:
      return null;
  }
}
