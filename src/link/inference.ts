import type { CallSiteFact, Signature, TypeExpr, TypeRef } from "../model/index.ts";
import { bindParameters, builtinType, referenced } from "./annotations.ts";
import { type Generic, ofFunction } from "./generic.ts";
import { importTarget } from "./imports.ts";
import { instanceOf, parentOf } from "./instances.ts";
import { arrayOf, type Env, envKey, type LinkedFile, NO_ENV, promiseOf, type Type, type World } from "./world.ts";

/** Type arguments of a call: those written, else those that the arguments imply. `skip` leaves one argument out. */
export function inferEnv(world: World, generic: Generic, site: CallSiteFact, caller: LinkedFile, skip?: number): Env {
  if (generic.typeParameters.length === 0) return generic.env;
  if (site.typeArgs.length > 0) {
    const args = site.typeArgs.map((type) => world.typeOf(caller, type, NO_ENV));
    return bindParameters(world, generic.file, generic.typeParameters, args, generic.env);
  }
  const env: Record<string, Type> = { ...generic.env };
  const wanted = new Set(generic.typeParameters);
  if (generic.thisType && site.callee.kind === "member" && mentions(generic.thisType, wanted)) {
    const receiver = world.valueOf(caller, site.callee.object);
    unify(world, generic.file, generic.thisType, receiver, { env, wanted, depth: 0 });
  }
  site.args.forEach((argument, position) => {
    const parameter = generic.parameters[position];
    if (!parameter || position === skip || !mentions(parameter, wanted)) return;
    // While a callback's own parameters are being worked out, other callbacks cannot help: they wait for the same.
    if (skip !== undefined && argument.kind === "function") return;
    unify(world, generic.file, parameter, world.valueOf(caller, argument), { env, wanted, depth: 0 });
  });
  for (const index of generic.typeParameters) {
    const fallback = generic.file.facts.typeParameters[index]?.default;
    const bound = fallback && world.typeOf(generic.file, fallback, env);
    if (bound) env[envKey(generic.file, index)] ??= bound;
  }
  return env;
}

/** What `new X(…)` gives. */
export function constructed(world: World, file: LinkedFile, site: CallSiteFact): Type | null {
  const target = world.valueOf(file, site.callee);
  if (target?.kind === "class") {
    const fact = target.file.facts.classes[target.class];
    const base = ofFunction(target.file, fact?.constructorFunction ?? -1, NO_ENV);
    const generic = { ...base, typeParameters: fact?.typeParameters ?? [] };
    return { kind: "instance", file: target.file, class: target.class, env: inferEnv(world, generic, site, file) };
  }
  if (target?.kind === "library") {
    const args = site.typeArgs.map((type) => world.typeOf(file, type, NO_ENV));
    if (target.package !== "") return { ...target, args: args.length > 0 ? args : target.args, bare: false };
    return builtinInstance(world, target.export, args, world.valueOf(file, site.args[0]));
  }
  return instanceOf(world, target);
}

function builtinInstance(world: World, name: string, args: readonly (Type | null)[], from: Type | null): Type | null {
  if (args.length === 0 && name === "Set") return arrayOf(from?.kind === "array" ? from.element : null);
  if (args.length === 0 && name === "Map") {
    const entry = from?.kind === "array" ? from.element : null;
    return { kind: "map", value: entry?.kind === "array" ? (entry.tuple?.[1] ?? entry.element) : null };
  }
  if (name === "Promise") return promiseOf(args[0] ?? null);
  return builtinType(world, name, args, "");
}

/** Whether a written type names one of the type parameters. */
function mentions(type: TypeExpr, wanted: ReadonlySet<number>): boolean {
  const any = (types: readonly (TypeExpr | undefined)[]) =>
    types.some((part) => part !== undefined && mentions(part, wanted));
  const inSignature = (signature: Signature) => any([...signature.parameters.map((p) => p.type), signature.returns]);
  switch (type.kind) {
    case "ref":
      return (type.ref.kind === "parameter" && wanted.has(type.ref.index)) || any(type.args ?? []);
    case "array":
      return mentions(type.element, wanted);
    case "tuple":
      return any(type.elements);
    case "union":
    case "intersection":
      return any(type.types);
    case "function":
    case "constructor":
      return inSignature(type.signature);
    case "object":
      return Object.values(type.members).some(
        (member) => any([member.type]) || (member.signatures ?? []).some(inSignature),
      );
    case "mapped":
      return any([type.over, type.value]);
    case "indexed":
      return any([type.object, type.index]);
    case "keyof":
      return mentions(type.type, wanted);
    case "conditional":
      return any([type.yes, type.no]);
    default:
      return false;
  }
}

interface Unification {
  readonly env: Record<string, Type>;
  readonly wanted: ReadonlySet<number>;
  readonly depth: number;
}

/** Matches a written parameter type against an argument's type and binds the type parameters it names. */
function unify(
  world: World,
  file: LinkedFile,
  type: TypeExpr | undefined,
  value: Type | null,
  state: Unification,
): void {
  if (!type || !value || state.depth > 6) return;
  const deeper = { ...state, depth: state.depth + 1 };
  switch (type.kind) {
    case "ref":
      unifyReference(world, file, type, value, deeper);
      return;
    case "array":
      unify(world, file, type.element, value.kind === "array" ? value.element : null, deeper);
      return;
    case "union":
    case "intersection":
      for (const part of type.types) unify(world, file, part, value, deeper);
      return;
    case "constructor":
      unify(world, file, type.signature.returns, instanceOf(world, value), deeper);
      return;
    case "function":
      if (value.kind === "function" || value.kind === "signatures") {
        unify(world, file, type.signature.returns, world.returnOf(value), deeper);
      }
      return;
    case "object": {
      const construct = type.members["new()"]?.signatures?.[0];
      if (construct) unify(world, file, construct.returns, instanceOf(world, value), deeper);
      return;
    }
    default:
  }
}

function unifyReference(
  world: World,
  file: LinkedFile,
  type: Extract<TypeExpr, { kind: "ref" }>,
  value: Type,
  state: Unification,
): void {
  const { ref, args } = type;
  if (ref.kind === "parameter") {
    if (state.wanted.has(ref.index)) state.env[envKey(file, ref.index)] ??= value;
    return;
  }
  const first = args?.[0];
  if (!first) return;
  const inner = partOf(refName(file, ref), value);
  if (inner !== undefined) {
    unify(world, file, first, inner, state);
  } else if (isLibraryRef(world, file, ref)) {
    // `Type<T>`, `Constructor<T>`, … given a class: T is its instance.
    const instance = value.kind === "class" ? instanceOf(world, value) : null;
    unify(world, file, first, value.kind === "library" ? (value.args[0] ?? null) : instance, state);
  } else if (!unifyAlias(world, file, type, value, state)) unifyInstance(world, file, type, value, state);
}

/** The part of a value that the argument of a well-known wrapper stands for; undefined for other types. */
function partOf(name: string, value: Type): Type | null | undefined {
  switch (name) {
    case "Promise":
      return value.kind === "promise" ? value.value : value;
    case "Array":
    case "ReadonlyArray":
    case "Set":
      return value.kind === "array" ? value.element : null;
    case "Partial":
    case "Readonly":
      return value;
    default:
      return undefined;
  }
}

function refName(file: LinkedFile, ref: TypeRef): string {
  if (ref.kind === "global") return ref.name;
  return ref.kind === "import" ? (file.facts.imports[ref.index]?.name ?? "") : "";
}

function isLibraryRef(world: World, file: LinkedFile, ref: TypeRef): boolean {
  return ref.kind === "global" || (ref.kind === "import" && importTarget(world, file, ref.index).kind === "library");
}

/** An alias of a generic type: solve it in its own terms, then carry the solution over. */
function unifyAlias(
  world: World,
  file: LinkedFile,
  type: Extract<TypeExpr, { kind: "ref" }>,
  value: Type,
  state: Unification,
): boolean {
  const target = type.ref.kind === "import" ? importTarget(world, file, type.ref.index) : null;
  const home = target?.kind === "own" ? target.file : file;
  const ref = target?.kind === "own" ? target.type : type.ref;
  if (ref?.kind !== "alias") return false;
  const alias = home.facts.aliases[ref.index];
  if (!alias) return true;
  const solved: Record<string, Type> = {};
  unify(world, home, alias.type, value, { env: solved, wanted: new Set(alias.typeParameters), depth: state.depth });
  alias.typeParameters.forEach((parameter, position) => {
    unify(world, file, type.args?.[position], solved[envKey(home, parameter)] ?? null, state);
  });
  return true;
}

/** An instance of the same generic class or interface, or of a subclass. */
function unifyInstance(
  world: World,
  file: LinkedFile,
  type: Extract<TypeExpr, { kind: "ref" }>,
  value: Type,
  state: Unification,
): void {
  if (value.kind !== "instance" && value.kind !== "interface") return;
  const base = referenced(world, file, type.ref, [], NO_ENV);
  const same =
    (base?.kind === "instance" &&
      value.kind === "instance" &&
      base.file === value.file &&
      base.class === value.class) ||
    (base?.kind === "interface" &&
      value.kind === "interface" &&
      base.file === value.file &&
      base.interface === value.interface);
  if (same) {
    const { facts } = value.file;
    const parameters =
      value.kind === "instance"
        ? facts.classes[value.class]?.typeParameters
        : facts.interfaces[value.interface]?.typeParameters;
    parameters?.forEach((parameter, position) => {
      unify(world, file, type.args?.[position], value.env[envKey(value.file, parameter)] ?? null, state);
    });
    return;
  }
  if (value.kind === "instance") {
    const parent = parentOf(world, value.file, value.class, value.env);
    if (parent?.kind === "instance") unify(world, file, type, parent, { ...state, depth: state.depth + 1 });
  }
}
