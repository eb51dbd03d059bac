import type { TypeExpr, TypeRef } from "../model/index.ts";
import { type Generic, ofFunction, ofSignature } from "./generic.ts";
import { exportTarget, importTarget } from "./imports.ts";
import { instanceOf } from "./instances.ts";
import {
  ANY,
  arrayOf,
  awaited,
  descend,
  type Env,
  envKey,
  type LinkedFile,
  NO_ENV,
  PRIMITIVE,
  promiseOf,
  type Target,
  type Type,
  unionOf,
  type World,
} from "./world.ts";

/** The meaning of a written type. */
export function typeOf(world: World, file: LinkedFile, type: TypeExpr | undefined, env: Env): Type | null {
  if (!type || !descend(world)) return null;
  try {
    return evaluate(world, file, type, env);
  } finally {
    world.depth--;
  }
}

function evaluate(world: World, file: LinkedFile, type: TypeExpr, env: Env): Type | null {
  const read = (inner: TypeExpr) => typeOf(world, file, inner, env);
  switch (type.kind) {
    case "ref":
      return referenced(world, file, type.ref, type.args?.map(read) ?? [], env);
    case "array":
      return arrayOf(read(type.element));
    case "tuple": {
      const elements = type.elements.map(read);
      return arrayOf(unionOf(elements), elements);
    }
    case "union":
      return unionOf(type.types.map(read));
    case "intersection": {
      const types = type.types.map(read).filter((part) => part !== null);
      return types.length > 0 ? { kind: "intersection", types } : null;
    }
    case "object":
      return { kind: "members", file, members: type.members, env };
    case "function":
      return { kind: "signatures", file, signatures: [type.signature], env };
    case "constructor":
      return { kind: "constructor", file, signature: type.signature, env };
    case "typeof":
      return type.path.reduce<Type | null>(
        (value, name) => world.member(value, name)?.type() ?? null,
        world.refValue(file, type.value),
      );
    case "indexed":
      return indexed(world, read(type.object), type.index, file, env);
    case "literal":
      return { kind: "primitive", literal: type.value };
    case "mapped":
      return { kind: "mapped", file, type, env };
    case "conditional":
      return unionOf([read(type.yes), read(type.no)]);
    case "this":
      return type.class < 0 ? null : { kind: "instance", file, class: type.class, env };
    case "any":
      return ANY;
    default:
      return PRIMITIVE;
  }
}

function indexed(world: World, object: Type | null, index: TypeExpr, file: LinkedFile, env: Env): Type | null {
  const key = index.kind === "literal" ? index.value : literalOf(typeOf(world, file, index, env));
  if (key !== null) return world.member(object, String(key))?.type() ?? null;
  if (object?.kind === "array") return object.element;
  if (object?.kind === "map") return object.value;
  return valueOfAnyKey(world, object);
}

function literalOf(type: Type | null): string | number | boolean | null {
  return type?.kind === "primitive" ? (type.literal ?? null) : null;
}

/** `object[key]` with an unknown key: the index signature, else any of the members. */
export function valueOfAnyKey(world: World, object: Type | null): Type | null {
  if (!object) return null;
  if (object.kind === "union" || object.kind === "intersection") {
    return unionOf(object.types.map((type) => valueOfAnyKey(world, type)));
  }
  if (object.kind === "mapped") return typeOf(world, object.file, object.type.value, object.env);
  const names = memberNames(object);
  if (names.includes("[]")) return world.member(object, "[]")?.type() ?? null;
  // Past a few dozen members the union would say nothing about the callee.
  if (names.length === 0 || names.length > 60) return null;
  return unionOf(names.map((name) => world.member(object, name)?.type()));
}

function memberNames(object: Type): string[] {
  if (object.kind === "interface") return Object.keys(object.file.facts.interfaces[object.interface]?.members ?? {});
  if (object.kind === "members") return Object.keys(object.members);
  return object.kind === "literal-object" ? object.value.properties.map((property) => property.name) : [];
}

/** Type arguments bound to the type parameters of a declaration; defaults fill the gaps. */
export function bindParameters(
  world: World,
  file: LinkedFile,
  parameters: readonly number[],
  args: readonly (Type | null)[],
  base: Env = NO_ENV,
): Env {
  if (parameters.length === 0) return base;
  const env: Record<string, Type> = { ...base };
  parameters.forEach((parameter, position) => {
    const fallback = file.facts.typeParameters[parameter]?.default;
    const bound = args[position] ?? (fallback ? typeOf(world, file, fallback, env) : null);
    if (bound) env[envKey(file, parameter)] = bound;
  });
  return env;
}

export function referenced(
  world: World,
  file: LinkedFile,
  ref: TypeRef,
  args: readonly (Type | null)[],
  env: Env,
): Type | null {
  const { facts } = file;
  switch (ref.kind) {
    case "class": {
      const parameters = facts.classes[ref.index]?.typeParameters ?? [];
      return { kind: "instance", file, class: ref.index, env: bindParameters(world, file, parameters, args) };
    }
    case "interface": {
      const parameters = facts.interfaces[ref.index]?.typeParameters ?? [];
      return { kind: "interface", file, interface: ref.index, env: bindParameters(world, file, parameters, args) };
    }
    case "alias": {
      const alias = facts.aliases[ref.index];
      return alias ? typeOf(world, file, alias.type, bindParameters(world, file, alias.typeParameters, args)) : null;
    }
    case "parameter": {
      const bound = env[envKey(file, ref.index)];
      if (bound) return bound;
      const constraint = facts.typeParameters[ref.index]?.constraint;
      return constraint ? typeOf(world, file, constraint, env) : { kind: "parameter" };
    }
    case "import":
      return targetType(world, importTarget(world, file, ref.index), args, env);
    case "namespace":
      return { kind: "inner-namespace", file, index: ref.index };
    case "enum":
      return PRIMITIVE;
    case "global":
      return builtinType(world, ref.name, args, "");
    default:
      return qualified(world, referenced(world, file, ref.left, [], env), ref.name, args, env);
  }
}

function targetType(world: World, target: Target, args: readonly (Type | null)[], env: Env): Type | null {
  if (target.kind === "library") return builtinType(world, target.name, args, target.package);
  if (target.kind === "namespace") return { kind: "namespace", file: target.file };
  if (target.kind === "missing") return null;
  const ref = target.type ?? (target.value?.kind === "class" ? target.value : undefined);
  return ref ? referenced(world, target.file, ref, args, env) : null;
}

function qualified(
  world: World,
  left: Type | null,
  name: string,
  args: readonly (Type | null)[],
  env: Env,
): Type | null {
  if (left?.kind === "namespace")
    return targetType(world, exportTarget(world, left.file, name) ?? { kind: "missing" }, args, env);
  if (left?.kind === "inner-namespace") {
    const ref = left.file.facts.namespaces[left.index]?.types[name];
    return ref ? referenced(world, left.file, ref, args, env) : null;
  }
  if (left?.kind === "library") {
    const head = left.export === "*" || left.export === "default" ? name : `${left.export}.${name}`;
    return { kind: "library", package: left.package, export: head, path: [], args };
  }
  return PRIMITIVE;
}

const ARRAYS = new Set([
  "Array",
  "ReadonlyArray",
  "Set",
  "ReadonlySet",
  "Iterable",
  "IterableIterator",
  "AsyncIterable",
  "Generator",
  "AsyncGenerator",
  "Iterator",
]);
const MAPS = new Set(["Map", "ReadonlyMap", "WeakMap", "Record"]);
const TRANSPARENT = new Set(["Partial", "Required", "Readonly", "NonNullable", "Pick", "Omit", "Exclude", "Extract"]);

/** Packages of nothing but types that change one: `Optional<Order, "note">`. */
const UTILITIES = new Set(["type-fest", "utility-types", "ts-essentials"]);

/** Types of the language's own library; everything else that is not own code is an opaque library type. */
export function builtinType(
  world: World,
  name: string,
  args: readonly (Type | null)[],
  packageName: string,
): Type | null {
  const first = args[0] ?? null;
  if (packageName === "") {
    if (name === "Promise" || name === "PromiseLike") return promiseOf(first);
    if (ARRAYS.has(name)) return arrayOf(first);
    if (MAPS.has(name)) return { kind: "map", value: args[1] ?? null };
    if (TRANSPARENT.has(name)) return first;
    if (name === "Awaited") return awaited(first);
    if (name === "ReturnType") return world.returnOf(first);
    if (name === "Parameters" || name === "ConstructorParameters") return parametersOf(world, first);
    if (name === "InstanceType") return instanceOf(world, first);
  }
  // Own types wrapped by a well-known utility of some package (`DeepPartial<Order>`) keep their members.
  if (name === "DeepPartial" || name === "DeepReadonly" || UTILITIES.has(packageName)) return first;
  return { kind: "library", package: packageName, export: name, path: [], args };
}

/** What `Parameters<F>` and `ConstructorParameters<C>` stand for. */
function parametersOf(world: World, type: Type | null): Type | null {
  const written = writtenParameters(type);
  if (!written) return null;
  const types = written.parameters.map((parameter) => typeOf(world, written.file, parameter, written.env));
  return arrayOf(unionOf(types), types);
}

function writtenParameters(type: Type | null): Pick<Generic, "file" | "parameters" | "env"> | null {
  switch (type?.kind) {
    case "signatures": {
      const [signature] = type.signatures;
      return signature ? ofSignature(type.file, signature, type.env) : null;
    }
    case "constructor":
      return ofSignature(type.file, type.signature, type.env);
    case "function":
      return ofFunction(type.file, type.functions[0] ?? -1, type.env);
    case "class":
      return ofFunction(type.file, type.file.facts.classes[type.class]?.constructorFunction ?? -1, NO_ENV);
    default:
      return null;
  }
}
