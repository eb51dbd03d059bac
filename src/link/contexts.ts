import type { CallSiteFact, FunctionContext } from "../model/index.ts";
import { inferEnv, ofFunction, ofSignature } from "./inference.ts";
import { awaited, extendLibrary, type LinkedFile, NO_ENV, PRIMITIVE, type Type, type World } from "./world.ts";

/** The type of a parameter that has no annotation, from where its function stands. */
export function contextOfParameter(world: World, file: LinkedFile, fn: number, index: number): Type | null {
  const context = file.facts.functions[fn]?.context;
  if (!context) return null;
  if (context.kind === "argument") return argumentParameter(world, file, context, index);
  const type =
    context.kind === "typed"
      ? world.typeOf(file, context.type, NO_ENV)
      : propertyOf(world, objectContext(world, file, context.object), context.name);
  return parameterOf(world, type, index);
}

function propertyOf(world: World, object: Type | null, name: string): Type | null {
  if (!object) return null;
  return world.member(object, name)?.type() ?? (object.kind === "library" ? object : null);
}

/** The type that an object literal is expected to have. */
export function objectContext(world: World, file: LinkedFile, index: number): Type | null {
  const object = file.facts.objects[index];
  if (object?.type) return world.typeOf(file, object.type, NO_ENV);
  if (object?.parent) return propertyOf(world, objectContext(world, file, object.parent.object), object.parent.name);
  if (!object?.argument) return null;
  const site = file.facts.calls[object.argument.call];
  return site ? expectedArgument(world, file, site, object.argument.index) : null;
}

/** The type of the function's own parameter, of a function type of any form. */
function parameterOf(world: World, type: Type | null, index: number): Type | null {
  const callable =
    type?.kind === "union"
      ? (type.types.find((part) => part.kind === "signatures" || part.kind === "function") ?? type)
      : type;
  if (callable?.kind === "signatures") {
    const parameter = callable.signatures[0]?.parameters[index];
    return parameter && !parameter.rest ? world.typeOf(callable.file, parameter.type, callable.env) : null;
  }
  if (callable?.kind === "interface" || callable?.kind === "members") {
    return parameterOf(world, world.member(callable, "()")?.type() ?? null, index);
  }
  return callable?.kind === "library" ? extendLibrary(callable, `(${index})`) : null;
}

/** What the callee declares for the argument at `index`, type parameters filled in from the other arguments. */
function expectedArgument(world: World, file: LinkedFile, site: CallSiteFact, index: number): Type | null {
  const callee = world.valueOf(file, site.callee);
  switch (callee?.kind) {
    case "function": {
      const types = callee.functions.map((fn) => {
        const generic = ofFunction(callee.file, fn, callee.env);
        const env = inferEnv(world, generic, site, file, index);
        return world.typeOf(callee.file, generic.parameters[index], env);
      });
      return types.find((type) => type !== null) ?? null;
    }
    case "signatures": {
      const signature = callee.signatures[0];
      if (!signature) return null;
      const generic = ofSignature(callee.file, signature, callee.env);
      return world.typeOf(callee.file, generic.parameters[index], inferEnv(world, generic, site, file, index));
    }
    case "class": {
      const { constructorFunction } = callee.file.facts.classes[callee.class] ?? { constructorFunction: -1 };
      const generic = ofFunction(callee.file, constructorFunction, NO_ENV);
      return world.typeOf(callee.file, generic.parameters[index], NO_ENV);
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
  context: Extract<FunctionContext, { kind: "argument" }>,
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
