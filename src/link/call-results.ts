import { isBuiltin } from "node:module";
import type { CallSiteFact, Expr } from "../model/index.ts";
import { elementOf, propertyValues } from "./elements.ts";
import { ofFunction, ofSignature } from "./generic.ts";
import { givenFunctions } from "./given-functions.ts";
import { inferEnv } from "./inference.ts";
import { instanceOf } from "./instances.ts";
import {
  ANY,
  arrayOf,
  awaited,
  baseKey,
  type Env,
  extendLibrary,
  type LibraryType,
  type LinkedFile,
  NO_ENV,
  PRIMITIVE,
  promiseOf,
  type Type,
  unionOf,
  type World,
} from "./world.ts";

interface Call {
  readonly site: CallSiteFact;
  readonly file: LinkedFile;
}

/** What calling a value gives. */
export function returnOf(world: World, type: Type | null, call?: Call): Type | null {
  switch (type?.kind) {
    case "function": {
      const candidates = overloads(type.file, type.functions, call);
      return unionOf(candidates.map((index) => functionReturn(world, type.file, index, type.env, call)));
    }
    case "signatures":
      return unionOf(
        type.signatures.map((signature) => {
          const generic = ofSignature(type.file, signature, type.env);
          const env = call ? inferEnv(world, generic, call.site, call.file) : type.env;
          return world.typeOf(type.file, signature.returns, env);
        }),
      );
    case "library":
      return { ...extendLibrary(type, "()"), bare: type.bare === true && isGivenNothing(type, call?.site) };
    case "any":
      return ANY;
    case "union":
      return unionOf(type.types.map((part) => returnOf(world, part, call)));
    case "intersection":
      return type.types.map((part) => returnOf(world, part, call)).find((result) => result !== null) ?? null;
    case "interface":
    case "members":
      return returnOf(world, world.member(type, "()")?.type() ?? null, call);
    case "primitive":
      return PRIMITIVE;
    default:
      return null;
  }
}

/** A text may be the name under which a package knows own code: `resolve("orders")`. */
function isGivenNothing(type: LibraryType, site: CallSiteFact | undefined): boolean {
  if (!site || site.typeArgs.length > 0) return false;
  const knowsNames = type.package !== "" && !isBuiltin(type.package);
  return site.args.every((given) => given.kind === "literal" && !(knowsNames && typeof given.value === "string"));
}

/** The declared overloads that take that many arguments, or the one implementation: callers cannot see it beside them. */
function overloads(file: LinkedFile, functions: readonly number[], call?: Call): readonly number[] {
  if (functions.length < 2) return functions;
  const count = call?.site.args.length ?? 0;
  const declared = functions.filter((index) => !file.facts.functions[index]?.body);
  const fitting = declared.filter((index) => {
    const fn = file.facts.functions[index];
    return fn?.returns && fn.parameters.length >= count;
  });
  return [fitting, declared, functions].find((candidates) => candidates.length > 0) ?? functions;
}

function functionReturn(world: World, file: LinkedFile, index: number, env: Env, call?: Call): Type | null {
  const fn = file.facts.functions[index];
  if (!fn) return null;
  if (fn.returns) {
    const bound = call ? inferEnv(world, ofFunction(file, index, env), call.site, call.file) : env;
    return world.typeOf(file, fn.returns, bound);
  }
  if (fn.generator) return null;
  return withBase(world, file, index, inferredReturn(world, file, index), call);
}

function inferredReturn(world: World, file: LinkedFile, index: number): Type | null {
  const fn = file.facts.functions[index];
  const cached = file.returnTypes.get(index);
  if (!fn || cached !== undefined) return cached ?? null;
  file.returnTypes.set(index, null); // ends recursion of functions that return their own result
  const value = fn.returned.length > 0 ? unionOf(fn.returned.map((part) => world.valueOf(file, part))) : PRIMITIVE;
  const type = fn.async ? promiseOf(awaited(value)) : value;
  file.returnTypes.set(index, type);
  return type;
}

/** A mixin's class extends what the mixin is given: `WithAudit(Ledger)` has the members of both. */
function withBase(world: World, file: LinkedFile, fn: number, type: Type | null, call?: Call): Type | null {
  if (type?.kind !== "class" || type.file !== file || !call) return type;
  const base = file.facts.classes[type.class]?.extends;
  const variable =
    base?.kind === "name" && base.ref.kind === "variable" ? file.facts.variables[base.ref.index] : undefined;
  if (variable?.parameter?.function !== fn) return type;
  const given = world.valueOf(call.file, call.site.args[variable.parameter.index]);
  return given ? { ...type, env: { ...type.env, [baseKey(file, type.class)]: given } } : type;
}

/** What a call expression gives: methods of arrays, maps and promises first, then the callee's return type. */
export function callResult(world: World, file: LinkedFile, site: CallSiteFact): Type | null {
  const { callee } = site;
  if (callee.kind === "member") {
    const object = world.valueOf(file, callee.object);
    const builtin = builtinMethod(world, file, object, callee, site);
    if (builtin !== undefined) return builtin;
  }
  const target = world.valueOf(file, callee);
  if (target?.kind === "library" && /^(first|last)ValueFrom$/.test(target.export)) {
    const observable = world.valueOf(file, site.args[0]);
    return promiseOf(observable?.kind === "library" ? (observable.args[0] ?? extendLibrary(observable, "()")) : null);
  }
  return withGiven(world, file, site, returnOf(world, target, { site, file }));
}

/**
 * What a library's function, or one whose result cannot be told, makes of an object of functions is taken to have its
 * members still: `bindAll({ findOrder, saveOrder }, { db })`.
 */
function withGiven(world: World, file: LinkedFile, site: CallSiteFact, result: Type | null): Type | null {
  if (result !== null && result.kind !== "library" && result.kind !== "any") return result;
  const given = givenFunctions(world, file, site);
  if (given.length === 0) return result;
  return { kind: "intersection", types: result ? [...given, result] : given, assumed: true };
}

type MemberExpr = Extract<Expr, { kind: "member" }>;

function builtinMethod(
  world: World,
  file: LinkedFile,
  object: Type | null,
  callee: MemberExpr,
  site: CallSiteFact,
): Type | null | undefined {
  const receiver =
    object?.kind === "union"
      ? (object.types.find((part) => part.kind === "array" || part.kind === "promise" || part.kind === "map") ?? object)
      : object;
  const callback = () => {
    const type = world.valueOf(file, site.args[0]);
    return type ? returnOf(world, type) : null;
  };
  switch (receiver?.kind) {
    case "array":
      return arrayMethod(world, file, receiver, callee.name, site, callback);
    case "promise":
      return callee.name === "then" ? promiseOf(awaited(callback())) : receiver;
    case "map":
      return mapMethod(receiver, callee.name);
    case "library":
      return receiver.package === "" && receiver.path.length === 0
        ? globalMethod(world, file, receiver.export, callee.name, site)
        : locator(world, file, callee, site);
    default:
      return undefined;
  }
}

function arrayMethod(
  world: World,
  file: LinkedFile,
  array: Extract<Type, { kind: "array" }>,
  name: string,
  site: CallSiteFact,
  callback: () => Type | null,
): Type | null {
  const { element } = array;
  const inner = (type: Type | null) => (type?.kind === "array" ? type.element : type);
  switch (name) {
    case "map":
      return arrayOf(callback());
    case "flatMap":
      return arrayOf(inner(callback()));
    case "filter":
    case "slice":
    case "sort":
    case "reverse":
    case "splice":
    case "values":
    case "toSorted":
    case "toReversed":
    case "add":
      return arrayOf(element);
    case "concat":
      return arrayOf(unionOf([element, elementOf(world, world.valueOf(file, site.args[0]))]));
    case "flat":
      return arrayOf(inner(element));
    case "find":
    case "findLast":
    case "pop":
    case "shift":
    case "at":
      return element;
    case "entries":
      return arrayOf(arrayOf(null, [PRIMITIVE, element]));
    case "reduce":
      if (site.typeArgs[0]) return world.typeOf(file, site.typeArgs[0], NO_ENV);
      return site.args[1] ? unionOf([world.valueOf(file, site.args[1]), callback()]) : element;
    default:
      return PRIMITIVE;
  }
}

function mapMethod(map: Extract<Type, { kind: "map" }>, name: string): Type | null | undefined {
  switch (name) {
    case "get":
      return map.value;
    case "values":
      return arrayOf(map.value);
    case "entries":
      return arrayOf(arrayOf(null, [PRIMITIVE, map.value]));
    case "keys":
      return arrayOf(PRIMITIVE);
    case "set":
      return map;
    default:
      return undefined;
  }
}

function globalMethod(
  world: World,
  file: LinkedFile,
  object: string,
  name: string,
  site: CallSiteFact,
): Type | null | undefined {
  const first = world.valueOf(file, site.args[0]);
  if (object === "Promise") return promiseMethod(world, first, name);
  if (object === "Object") return objectMethod(world, file, first, name, site);
  if (object !== "Array" || name !== "from") return undefined;
  const mapped = site.args[1] ? returnOf(world, world.valueOf(file, site.args[1])) : null;
  return arrayOf(mapped ?? elementOf(world, first));
}

function promiseMethod(world: World, first: Type | null, name: string): Type {
  if (name === "all" || name === "allSettled") {
    return promiseOf(first?.kind === "array" ? arrayOf(awaited(first.element), first.tuple?.map(awaited)) : null);
  }
  if (name === "race" || name === "any") return promiseOf(awaited(elementOf(world, first)));
  return promiseOf(name === "resolve" ? awaited(first) : null);
}

function objectMethod(
  world: World,
  file: LinkedFile,
  first: Type | null,
  name: string,
  site: CallSiteFact,
): Type | null | undefined {
  switch (name) {
    case "values":
      return arrayOf(propertyValues(world, first));
    case "entries":
      return arrayOf(arrayOf(null, [PRIMITIVE, propertyValues(world, first)]));
    case "keys":
      return arrayOf(PRIMITIVE);
    case "freeze":
      return first;
    case "assign":
      return unionOf(site.args.map((argument) => world.valueOf(file, argument)));
    default:
      return undefined;
  }
}

/**
 * `moduleRef.get(X)`, `container.resolve(X)`: service locators of any library give an instance of what they are given.
 * `create` of an imported factory is none: `NestFactory.create(AppModule)` gives an application.
 */
function locator(world: World, file: LinkedFile, callee: MemberExpr, site: CallSiteFact): Type | null | undefined {
  const { name, object } = callee;
  if (name !== "get" && name !== "resolve" && name !== "create") return undefined;
  if (name === "create" && object.kind === "name" && object.ref.kind === "import") return undefined;
  const wanted = world.valueOf(file, site.args[0]);
  const instance =
    wanted?.kind === "class"
      ? instanceOf(world, wanted)
      : wanted?.kind !== undefined && site.typeArgs[0]
        ? world.typeOf(file, site.typeArgs[0], NO_ENV)
        : null;
  if (!instance) return undefined;
  // Some containers resolve at once, others give a promise: code that does not wait for it means the former.
  return name === "get" ? instance : unionOf([instance, promiseOf(instance)]);
}
