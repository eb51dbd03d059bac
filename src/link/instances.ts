import { baseKey, type Env, type LinkedFile, NO_ENV, type Type, unionOf, type World } from "./world.ts";

/** What `new` on a value gives, without looking at arguments. */
export function instanceOf(world: World, type: Type | null): Type | null {
  if (type?.kind === "class") return { kind: "instance", file: type.file, class: type.class, env: type.env ?? NO_ENV };
  if (type?.kind === "constructor") return world.typeOf(type.file, type.signature.returns, type.env);
  if (type?.kind === "union") return unionOf(type.types.map((part) => instanceOf(world, part)));
  if (type?.kind === "intersection") {
    const types = type.types.map((part) => instanceOf(world, part)).filter((part) => part !== null);
    return types.length > 0 ? { kind: "intersection", types } : null;
  }
  if (type?.kind === "library") {
    // `Type<X>` (NestJS) and `Constructor<X>`-like aliases of libraries name the instance as their argument.
    if (type.args[0] && /^(Type|Constructor|ClassType|Newable)$/.test(type.export)) return type.args[0];
    return type;
  }
  return null;
}

/** What a class extends, as a value: written there, or given to the function that makes the class. */
export function baseOf(world: World, file: LinkedFile, index: number, env: Env): Type | null {
  return env[baseKey(file, index)] ?? world.valueOf(file, file.facts.classes[index]?.extends);
}

/** The class that a class extends, as an instance type with its type arguments; undefined when it extends nothing. */
export function parentOf(
  world: World,
  file: LinkedFile,
  index: number,
  env: Record<string, Type>,
): Type | null | undefined {
  const fact = file.facts.classes[index];
  if (!fact?.extends) return undefined;
  const parent = baseOf(world, file, index, env);
  const args = (fact.extendsArgs ?? []).map((type) => world.typeOf(file, type, env));
  if (parent?.kind === "class") {
    const bound: Record<string, Type> = {};
    const parameters = parent.file.facts.classes[parent.class]?.typeParameters ?? [];
    parameters.forEach((parameter, position) => {
      const arg = args[position];
      if (arg) bound[`${parent.file.id}:${parameter}`] = arg;
    });
    return { kind: "instance", file: parent.file, class: parent.class, env: { ...parent.env, ...bound } };
  }
  if (parent?.kind === "constructor") return world.typeOf(parent.file, parent.signature.returns, parent.env);
  if (parent?.kind === "library") return { ...parent, args: args.length > 0 ? args : parent.args };
  return parent ? parent : null;
}
