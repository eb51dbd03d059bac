import type { CallSiteFact, ValueContext } from "../model/index.ts";
import { elementOf } from "./elements.ts";
import { type Generic, ofFunction, ofSignature } from "./generic.ts";
import { inferEnv } from "./inference.ts";
import { awaited, descend, extendLibrary, type LinkedFile, NO_ENV, PRIMITIVE, type Type, type World } from "./world.ts";

/** The type of a parameter that has no annotation, from where its function stands. */
export function contextOfParameter(world: World, file: LinkedFile, fn: number, index: number): Type | null {
  const context = file.facts.functions[fn]?.context;
  if (!context) return null;
  if (context.kind === "argument") return argumentParameter(world, file, context, index);
  return parameterOf(world, expectedType(world, file, context), index);
}

/** The type that an object literal is expected to have. */
export function objectContext(world: World, file: LinkedFile, index: number): Type | null {
  const context = file.facts.objects[index]?.context;
  return context ? expectedType(world, file, context) : null;
}

/** The type that is expected of what stands there. */
export function expectedType(world: World, file: LinkedFile, context: ValueContext): Type | null {
  if (!descend(world)) return null;
  try {
    return expected(world, file, context);
  } finally {
    world.depth--;
  }
}

function expected(world: World, file: LinkedFile, context: ValueContext): Type | null {
  switch (context.kind) {
    case "typed":
      return world.typeOf(file, context.type, NO_ENV);
    case "property":
      return propertyOf(world, objectContext(world, file, context.object), context.name);
    case "element":
      return elementOf(world, expectedType(world, file, context.of));
    case "returned":
      return expectedReturn(world, file, context.function);
    case "argument": {
      const site = file.facts.calls[context.call];
      return site ? expectedArgument(world, file, site, context.index) : null;
    }
  }
}

function propertyOf(world: World, object: Type | null, name: string): Type | null {
  if (!object) return null;
  return world.member(object, name)?.type() ?? (object.kind === "library" ? object : null);
}

/** What a function is expected to return: by its own word, else by what is expected of the function. */
function expectedReturn(world: World, file: LinkedFile, index: number): Type | null {
  const fn = file.facts.functions[index];
  if (!fn || fn.generator) return null;
  if (fn.returns) return awaited(world.typeOf(file, fn.returns, NO_ENV));
  const type = fn.context ? expectedType(world, file, fn.context) : null;
  return type && type.kind !== "library" ? awaited(world.returnOf(type)) : null;
}

/** The type of the function's own parameter, of a function type of any form. */
function parameterOf(world: World, type: Type | null, index: number): Type | null {
  const callable =
    type?.kind === "union"
      ? (type.types.find((part) => part.kind === "signatures" || part.kind === "function") ?? type)
      : type;
  switch (callable?.kind) {
    case "signatures": {
      const [signature] = callable.signatures;
      return signature ? declaredParameter(world, ofSignature(callable.file, signature, callable.env), index) : null;
    }
    case "function":
      return declaredParameter(world, ofFunction(callable.file, callable.functions[0] ?? -1, callable.env), index);
    case "interface":
    case "members":
      return parameterOf(world, world.member(callable, "()")?.type() ?? null, index);
    case "library":
      return extendLibrary(callable, `(${index})`);
    default:
      return null;
  }
}

/** The type of a declaration's parameter at that position, which a rest parameter may cover. */
function declaredParameter(world: World, generic: Generic, index: number, env = generic.env): Type | null {
  const { file, parameters, hasRest } = generic;
  const last = parameters.length - 1;
  if (!hasRest || index < last) return world.typeOf(file, parameters[index], env);
  return elementOf(world, world.typeOf(file, parameters[last], env), index - last);
}

/** What the callee declares for the argument at `index`, type parameters filled in from the other arguments. */
function expectedArgument(world: World, file: LinkedFile, site: CallSiteFact, index: number): Type | null {
  const callee = world.valueOf(file, site.callee);
  const declared = (generic: Generic) =>
    declaredParameter(world, generic, index, inferEnv(world, generic, site, file, index));
  switch (callee?.kind) {
    case "function": {
      const types = callee.functions.map((fn) => declared(ofFunction(callee.file, fn, callee.env)));
      return types.find((type) => type !== null) ?? null;
    }
    case "signatures": {
      const [signature] = callee.signatures;
      return signature ? declared(ofSignature(callee.file, signature, callee.env)) : null;
    }
    case "class": {
      const { constructorFunction } = callee.file.facts.classes[callee.class] ?? { constructorFunction: -1 };
      return declaredParameter(world, ofFunction(callee.file, constructorFunction, NO_ENV), index);
    }
    case "library":
      return callee;
    default:
      return null;
  }
}

const ELEMENT_CALLBACKS = new Set([
  "map",
  "filter",
  "forEach",
  "find",
  "some",
  "every",
  "flatMap",
  "findIndex",
  "findLast",
  "sort",
  "toSorted",
]);

function argumentParameter(
  world: World,
  file: LinkedFile,
  context: Extract<ValueContext, { kind: "argument" }>,
  index: number,
): Type | null {
  const site = file.facts.calls[context.call];
  if (!site) return null;
  if (site.callee.kind === "member") {
    const object = world.valueOf(file, site.callee.object);
    const parts = object?.kind === "union" ? object.types : object ? [object] : [];
    for (const part of parts) {
      const type = builtinCallbackParameter(world, file, part, site.callee.name, site, context.index, index);
      if (type !== undefined) return type;
    }
  }
  return parameterOf(world, expectedArgument(world, file, site, context.index), index);
}

function builtinCallbackParameter(
  world: World,
  file: LinkedFile,
  receiver: Type,
  name: string,
  site: CallSiteFact,
  argument: number,
  index: number,
): Type | null | undefined {
  switch (receiver.kind) {
    case "array":
      return argument === 0 ? arrayCallbackParameter(world, file, receiver, name, site, index) : null;
    case "promise":
      return name === "then" && argument === 0 ? awaited(receiver.value) : undefined;
    case "map":
      if (name !== "forEach") return undefined;
      return index === 0 ? receiver.value : PRIMITIVE;
    case "library":
      return receiver.export === "Observable" && name === "subscribe" ? (receiver.args[0] ?? null) : undefined;
    default:
      return undefined;
  }
}

function arrayCallbackParameter(
  world: World,
  file: LinkedFile,
  receiver: Extract<Type, { kind: "array" }>,
  name: string,
  site: CallSiteFact,
  index: number,
): Type | null {
  if (ELEMENT_CALLBACKS.has(name)) {
    if (index === 0 || name === "sort" || name === "toSorted") return receiver.element;
    return index === 2 ? receiver : PRIMITIVE;
  }
  if (name !== "reduce") return null;
  if (index === 1) return receiver.element;
  if (index !== 0) return PRIMITIVE;
  if (site.typeArgs[0]) return world.typeOf(file, site.typeArgs[0], NO_ENV);
  return site.args[1] ? world.valueOf(file, site.args[1]) : receiver.element;
}
