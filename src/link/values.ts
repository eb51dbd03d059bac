import type { Expr, ValueRef } from "../model/index.ts";
import { valueOfAnyKey } from "./annotations.ts";
import { callResult } from "./call-results.ts";
import { elementOf } from "./elements.ts";
import { exportTarget, importTarget } from "./imports.ts";
import { constructed } from "./inference.ts";
import { instanceOf, parentOf } from "./instances.ts";
import { requiredFile } from "./required.ts";
import {
  arrayOf,
  awaited,
  descend,
  type LinkedFile,
  NO_ENV,
  PRIMITIVE,
  promiseOf,
  type Type,
  unionOf,
  type World,
} from "./world.ts";

/** What a name stands for as a value. */
export function refValue(world: World, file: LinkedFile, ref: ValueRef | undefined): Type | null {
  if (!ref) return null;
  switch (ref.kind) {
    case "variable":
      return variableType(world, file, ref.index);
    case "class":
      return { kind: "class", file, class: ref.index };
    case "function":
      return { kind: "function", file, functions: ref.indexes, env: NO_ENV };
    case "import": {
      const target = importTarget(world, file, ref.index);
      if (target.kind === "own") return refValue(world, target.file, target.value);
      if (target.kind === "namespace") return { kind: "namespace", file: target.file };
      if (target.kind === "missing") return null;
      return { kind: "library", package: target.package, export: target.name, path: [], args: [], bare: true };
    }
    case "namespace":
      return { kind: "inner-namespace", file, index: ref.index };
    case "enum":
      return PRIMITIVE;
    default:
      return ref.name === "undefined" ? null : globalValue(ref.name);
  }
}

/** A name that Node does not know may be own code's, declared for everybody. */
function globalValue(name: string): Type {
  return { kind: "library", package: "", export: name, path: [], args: [], bare: name in globalThis };
}

function variableType(world: World, file: LinkedFile, index: number): Type | null {
  const cached = file.variableTypes[index];
  if (cached !== undefined) return cached;
  file.variableTypes[index] = null; // ends cycles
  const fact = file.facts.variables[index];
  let type: Type | null = null;
  if (fact?.type) type = world.typeOf(file, fact.type, NO_ENV);
  else if (fact) {
    if (fact.parameter) type = world.contextOfParameter(file, fact.parameter.function, fact.parameter.index);
    type ??= world.valueOf(file, fact.init);
  }
  file.variableTypes[index] = type;
  return type;
}

/** The meaning of an expression; each is worked out once. */
export function valueType(world: World, file: LinkedFile, value: Expr | undefined): Type | null {
  if (!value) return null;
  const cached = world.memo.get(value);
  if (cached !== undefined) return cached;
  if (!descend(world)) return null;
  world.memo.set(value, null); // ends cycles
  try {
    const type = evaluate(world, file, value);
    world.memo.set(value, type);
    return type;
  } finally {
    world.depth--;
  }
}

function evaluate(world: World, file: LinkedFile, value: Expr): Type | null {
  const read = (inner: Expr) => valueType(world, file, inner);
  switch (value.kind) {
    case "name":
      return refValue(world, file, value.ref);
    case "this":
      if (value.class < 0) return null;
      return value.static
        ? { kind: "class", file, class: value.class }
        : { kind: "instance", file, class: value.class, env: NO_ENV };
    case "super": {
      if (value.class < 0) return null;
      if (value.static) return read(file.facts.classes[value.class]?.extends ?? { kind: "other", values: [] });
      return parentOf(world, file, value.class, NO_ENV) ?? null;
    }
    case "member":
      return world.member(read(value.object), value.name)?.type() ?? null;
    case "index":
      return indexValue(world, file, read(value.object), value.key);
    case "element":
      return elementOf(world, read(value.of), value.index);
    case "call":
      return callValue(world, file, value.call);
    case "await":
      return awaited(read(value.value));
    case "function":
      return { kind: "function", file, functions: [value.function], env: NO_ENV };
    case "class":
      return { kind: "class", file, class: value.class };
    case "object":
      return { kind: "literal-object", file, value };
    case "array": {
      const elements = value.elements.map(read);
      return arrayOf(unionOf(elements), elements);
    }
    case "spread":
      return elementOf(world, read(value.value));
    case "conditional":
      return unionOf([read(value.yes), read(value.no)]);
    case "logical":
      return value.operator === "&&" ? read(value.right) : unionOf([read(value.left), read(value.right)]);
    case "assign":
      return value.operator === "=" ? read(value.value) : PRIMITIVE;
    case "as":
      return world.typeOf(file, value.type, NO_ENV);
    case "import":
      return dynamicImport(world, file, value.import);
    case "instance":
      return instanceOf(world, read(value.of)) ?? read(value.value);
    case "sequence":
      return read(value.values[value.values.length - 1] ?? { kind: "other", values: [] });
    case "literal":
      return value.value === null ? null : { kind: "primitive", literal: value.value };
    case "binary":
    case "unary":
    case "template":
      return PRIMITIVE;
    default:
      return null;
  }
}

function dynamicImport(world: World, file: LinkedFile, index: number): Type | null {
  const target = importTarget(world, file, index);
  if (target.kind === "namespace") return promiseOf({ kind: "namespace", file: target.file });
  if (target.kind !== "library") return null;
  return promiseOf({ kind: "library", package: target.package, export: "*", path: [], args: [] });
}

function indexValue(world: World, file: LinkedFile, object: Type | null, key: Expr): Type | null {
  if (object?.kind === "array" || object?.kind === "library" || object?.kind === "any") return elementOf(world, object);
  if (object?.kind === "map") return object.value;
  const name = valueType(world, file, key);
  if (name?.kind === "primitive" && name.literal != null) {
    return world.member(object, String(name.literal))?.type() ?? null;
  }
  return valueOfAnyKey(world, object);
}

/** What `require` gives: what the file exports as a whole, else its exports together. */
function moduleValue(world: World, file: LinkedFile): Type | null {
  const whole = exportTarget(world, file, "export=");
  const value = whole?.kind === "own" && whole.value ? refValue(world, whole.file, whole.value) : null;
  return value && value.kind !== "literal-object" ? value : { kind: "namespace", file };
}

function callValue(world: World, file: LinkedFile, index: number): Type | null {
  const site = file.facts.calls[index];
  if (!site) return null;
  const required = requiredFile(world, file, { kind: "call", call: index });
  if (required) return moduleValue(world, required);
  return site.isNew ? constructed(world, file, site) : callResult(world, file, site);
}
