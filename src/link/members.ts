import type { ClassMember, SignatureMember, ValueRef } from "../model/index.ts";
import { augmentedMember } from "./augmentations.ts";
import { exportTarget, importTarget } from "./imports.ts";
import { baseOf, parentOf } from "./instances.ts";
import { requiredFile } from "./required.ts";
import {
  ANY,
  descend,
  type Env,
  envKey,
  extendLibrary,
  type LinkedFile,
  type Member,
  type MemberDeclaration,
  PRIMITIVE,
  type Type,
  unionOf,
  type World,
} from "./world.ts";

type TypeOf<K extends Type["kind"]> = Extract<Type, { kind: K }>;

/** A record's own entry: facts may come back from JSON with a prototype, and members may be called `constructor`. */
function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Looks a member up; null where the type has none or cannot tell. */
export function memberOf(world: World, type: Type | null, name: string): Member | null {
  if (!type || !descend(world)) return null;
  try {
    return lookUp(world, type, name);
  } finally {
    world.depth--;
  }
}

function lookUp(world: World, type: Type, name: string): Member | null {
  switch (type.kind) {
    case "instance":
      return instanceMember(world, type, name);
    case "class":
      return staticMember(world, type, name);
    case "interface":
      return interfaceMember(world, type, name);
    case "members": {
      const member = own(type.members, name);
      if (member)
        return signatureMember(world, type.file, member, type.env, { name, owner: "", siblings: type.members });
      const index = name === "[]" ? undefined : own(type.members, "[]");
      return index ? undeclared(() => world.typeOf(type.file, index.type, type.env)) : null;
    }
    case "literal-object":
      return objectMember(world, type, name);
    case "mapped":
      return mappedMember(world, type, name);
    case "namespace":
      return namespaceMember(world, type, name);
    case "inner-namespace": {
      const ref = own(type.file.facts.namespaces[type.index]?.values, name);
      return ref ? refMember(world, type.file, ref) : null;
    }
    case "union":
    case "intersection":
      return combined(type.types.map((part) => memberOf(world, part, name)));
    case "library": {
      const added = augmentedMember(world, type, name);
      return added === undefined ? undeclared(() => extendLibrary(type, name)) : added;
    }
    case "any":
      return undeclared(() => ANY);
    case "map":
      return undeclared(() => (name === "size" ? PRIMITIVE : type.value));
    case "function":
      return expando(world, type, name) ?? (name in Function.prototype ? functionMember(type, name) : null);
    case "signatures":
      return functionMember(type, name);
    case "promise":
      return name in Promise.prototype ? undeclared(() => PRIMITIVE) : null;
    case "array":
    case "primitive":
      return undeclared(() => PRIMITIVE);
    default:
      return null;
  }
}

function functionMember(type: Type, name: string): Member {
  return undeclared(() => (name === "bind" ? type : PRIMITIVE));
}

/** `getLogger.mute = () => …`: a member that was given to a function. */
function expando(world: World, { file, functions }: TypeOf<"function">, name: string): Member | null {
  for (const { target, value } of file.facts.memberAssignments) {
    if (target.name !== name) continue;
    const owner = world.valueOf(file, target.object);
    if (owner?.kind !== "function" || !owner.functions.some((index) => functions.includes(index))) continue;
    const held = value.kind === "function" ? [value.function] : [];
    const home = file.facts.functions[functions[0] ?? -1]?.name ?? "";
    const declaration = { ...plain(file, name, target.at, "property", held), owner: home, value };
    return { declarations: [declaration], type: () => world.valueOf(file, value) };
  }
  return null;
}

function undeclared(type: () => Type | null): Member {
  return { declarations: [], type };
}

function combined(members: readonly (Member | null)[]): Member | null {
  const found = members.filter((member) => member !== null);
  const declared = found.filter((member) => member.declarations.length > 0);
  const use = declared.length > 0 ? declared : found;
  if (use.length === 0) return null;
  return {
    declarations: use.flatMap((member) => member.declarations),
    type: () => unionOf(use.map((member) => member.type())),
  };
}

function instanceMember(world: World, type: TypeOf<"instance">, name: string): Member | null {
  const fact = type.file.facts.classes[type.class];
  const member = own(fact?.members, name);
  if (fact && member) return classMember(world, type.file, type.class, member, type.env, name);
  for (const merged of fact?.merged ?? []) {
    const found = memberOf(world, { kind: "interface", file: type.file, interface: merged, env: type.env }, name);
    if (found) return found;
  }
  const parent = parentOf(world, type.file, type.class, type.env);
  const inherited = parent ? asMemberOf(type, memberOf(world, parent, name)) : null;
  return inherited ?? assignedMember(world, type, name);
}

/** `this.stock = stock` in a class that declares no such field: JavaScript. */
function assignedMember(world: World, { file, class: index }: TypeOf<"instance">, name: string): Member | null {
  const owner = file.facts.classes[index];
  const value = own(owner?.assigned, name);
  if (!owner || !value) return null;
  const functions = value.kind === "function" ? [value.function] : [];
  const declaration = { ...plain(file, name, owner.at, "property", functions), owner: owner.name ?? "", class: index };
  return { declarations: [{ ...declaration, value }], type: () => world.valueOf(file, value) };
}

/** An inherited member belongs to its receiver's declared type: that is the module the caller depends on. */
function asMemberOf(type: TypeOf<"instance"> | TypeOf<"class">, inherited: Member | null): Member | null {
  if (!inherited || inherited.declarations.length === 0) return inherited;
  const fact = type.file.facts.classes[type.class];
  return {
    ...inherited,
    declarations: inherited.declarations.map((declaration) => ({
      ...declaration,
      file: type.file,
      owner: fact?.name ?? declaration.owner,
      at: fact?.at ?? declaration.at,
      class: type.class,
      inheritedFrom: inheritedFrom(declaration),
    })),
  };
}

/** The declaration that holds the body, however often it was re-attributed on the way down. */
function inheritedFrom(declaration: MemberDeclaration): MemberDeclaration {
  return declaration.inheritedFrom ?? declaration;
}

function staticMember(world: World, type: TypeOf<"class">, name: string): Member | null {
  const fact = type.file.facts.classes[type.class];
  const member = own(fact?.statics, name);
  if (member) return classMember(world, type.file, type.class, member, {}, name);
  if (!fact?.extends) return null;
  return asMemberOf(type, memberOf(world, baseOf(world, type.file, type.class, type.env ?? {}), name));
}

function classMember(
  world: World,
  file: LinkedFile,
  index: number,
  member: ClassMember,
  env: Env,
  name: string,
): Member {
  const owner = file.facts.classes[index];
  const kind = member.abstract ? "abstract" : member.kind === "method" ? "method" : "property";
  const functions =
    member.init?.kind === "function" ? [member.init.function] : member.kind === "method" ? member.functions : [];
  const value = member.init && { value: member.init };
  return {
    declarations: [{ file, owner: owner?.name ?? "", name, at: member.at, kind, functions, class: index, ...value }],
    type: () => {
      if (member.kind === "method") return { kind: "function", file, functions: member.functions, env };
      if (member.kind === "getter") {
        return world.returnOf({ kind: "function", file, functions: member.functions, env });
      }
      if (member.kind === "setter") {
        const parameter = file.facts.functions[member.functions[0] ?? -1]?.parameters[0];
        return world.typeOf(file, file.facts.variables[parameter ?? -1]?.type, env);
      }
      if (member.type) return world.typeOf(file, member.type, env);
      if (member.init?.kind === "function") return { kind: "function", file, functions: [member.init.function], env };
      return world.valueOf(file, member.init ?? own(owner?.assigned, name));
    },
  };
}

function interfaceMember(world: World, type: TypeOf<"interface">, name: string): Member | null {
  const fact = type.file.facts.interfaces[type.interface];
  if (!fact) return null;
  const member = own(fact.members, name);
  if (member) {
    const place = { name, owner: fact.name, siblings: fact.members, interface: type.interface };
    return signatureMember(world, type.file, member, type.env, place);
  }
  if (fact.mergedWith?.kind === "interface") {
    const found = memberOf(world, { ...type, interface: fact.mergedWith.index }, name);
    if (found) return found;
  }
  let library: Member | null = null;
  for (const base of fact.extends) {
    const found = memberOf(world, world.typeOf(type.file, base, type.env), name);
    if (found && found.declarations.length > 0) {
      return {
        ...found,
        declarations: found.declarations.map((declaration) => ({
          ...declaration,
          file: type.file,
          owner: fact.name,
          at: fact.at,
          interface: type.interface,
          inheritedFrom: inheritedFrom(declaration),
        })),
      };
    }
    library ??= found;
  }
  return library;
}

function signatureMember(
  world: World,
  file: LinkedFile,
  member: SignatureMember,
  env: Env,
  place: Pick<MemberDeclaration, "name" | "owner" | "siblings" | "interface">,
): Member {
  const declaration: MemberDeclaration = {
    ...place,
    file,
    at: member.at,
    kind: "interface",
    functions: [],
    ...(member.kind !== "method" && { holdsFunction: true }),
  };
  return {
    declarations: place.name === "[]" ? [] : [declaration],
    type: () =>
      member.kind === "method"
        ? { kind: "signatures", file, signatures: member.signatures ?? [], env }
        : world.typeOf(file, member.type, env),
  };
}

function objectMember(world: World, type: TypeOf<"literal-object">, name: string): Member | null {
  const property = type.value.properties.find((candidate) => candidate.name === name);
  if (property) {
    const { value } = property;
    const owner = type.file.facts.objects[type.value.object]?.name ?? "";
    const functions = value.kind === "function" ? [value.function] : [];
    return {
      declarations: [{ file: type.file, owner, name, at: property.at, kind: "property", functions, value }],
      type: () => {
        const result = world.valueOf(type.file, value);
        return property.getter ? world.returnOf(result) : result;
      },
    };
  }
  for (const spread of type.value.spreads) {
    const found = memberOf(world, world.valueOf(type.file, spread), name);
    if (found) return found;
  }
  return null;
}

function mappedMember(world: World, type: TypeOf<"mapped">, name: string): Member | null {
  const { value, over, parameter } = type.type;
  // `{ [K in keyof T]: T[K] }` is T with modifiers.
  const isHomomorphic =
    value.kind === "indexed" &&
    value.index.kind === "ref" &&
    value.index.ref.kind === "parameter" &&
    value.index.ref.index === parameter;
  if (isHomomorphic) return memberOf(world, world.typeOf(type.file, value.object, type.env), name);
  const source = over.kind === "keyof" ? memberOf(world, world.typeOf(type.file, over.type, type.env), name) : null;
  const literal: Type = { kind: "primitive", literal: name };
  return {
    declarations: source?.declarations ?? [],
    type: () => world.typeOf(type.file, value, { ...type.env, [envKey(type.file, parameter)]: literal }),
  };
}

function namespaceMember(world: World, type: TypeOf<"namespace">, name: string): Member | null {
  const target = exportTarget(world, type.file, name);
  if (!target || target.kind === "missing") return null;
  if (target.kind === "namespace") return undeclared(() => ({ kind: "namespace", file: target.file }));
  if (target.kind === "library") {
    return undeclared(() => ({ kind: "library", package: target.package, export: target.name, path: [], args: [] }));
  }
  return target.value ? refMember(world, target.file, target.value) : null;
}

function refMember(world: World, file: LinkedFile, ref: ValueRef): Member {
  return { declarations: declarationsOf(world, file, ref), type: () => world.refValue(file, ref) };
}

/** Where the thing that a name stands for is declared. */
export function declarationsOf(world: World, file: LinkedFile, ref: ValueRef): readonly MemberDeclaration[] {
  const { facts } = file;
  switch (ref.kind) {
    case "class": {
      const fact = facts.classes[ref.index];
      return fact ? [plain(file, fact.name ?? "default", fact.at, "class", [])] : [];
    }
    case "function": {
      const first = facts.functions[ref.indexes[0] ?? -1];
      return first ? [plain(file, first.name ?? "default", first.at, "function", ref.indexes)] : [];
    }
    case "variable": {
      const variable = facts.variables[ref.index];
      if (!variable) return [];
      const required = requiredFile(world, file, variable.init);
      const exported = required && exportTarget(world, required, "export=");
      if (exported?.kind === "own" && exported.value) return declarationsOf(world, exported.file, exported.value);
      // `const place = createPlace(…)`: the body is whatever the initialiser evaluates to.
      const functions = variable.init?.kind === "function" ? [variable.init.function] : [];
      const declaration = plain(file, variable.name ?? "default", variable.at, "variable", functions);
      const { init } = variable;
      // `const { getLogger } = config`: whoever made the object put the function there.
      const holdsFunction = init?.kind === "member" || init?.kind === "index" || init?.kind === "element";
      return [{ ...declaration, ...(init && { value: init }), ...(holdsFunction && { holdsFunction }) }];
    }
    case "import": {
      const target = importTarget(world, file, ref.index);
      return target.kind === "own" && target.value ? declarationsOf(world, target.file, target.value) : [];
    }
    default:
      return [];
  }
}

function plain(
  file: LinkedFile,
  name: string,
  at: number,
  kind: MemberDeclaration["kind"],
  functions: readonly number[],
): MemberDeclaration {
  return { file, owner: "", name, at, kind, functions };
}
