import type { ClassFact, Expr, FileFacts, SignatureMember, TypeExpr, TypeRef } from "../model/index.ts";
import { importTarget } from "./imports.ts";
import { objectLiterals } from "./object-literals.ts";
import type { LinkedFile, World } from "./world.ts";

/** By name of a member that can be called: the files that declare one, sorted. */
export function indexDeclaredNames(world: World): Record<string, string[]> {
  const names = new Map<string, Set<string>>();
  for (const file of world.files.values()) {
    for (const name of callableNames(world, file)) {
      const known = names.get(name);
      if (known) known.add(file.facts.path);
      else names.set(name, new Set([file.facts.path]));
    }
  }
  return Object.fromEntries([...names].map(([name, paths]) => [name, [...paths].sort()]));
}

function callableNames(world: World, file: LinkedFile): Set<string> {
  const { facts } = file;
  const names = new Set<string>();
  const inSignatures = (members: Readonly<Record<string, SignatureMember>>) => {
    for (const [name, member] of Object.entries(members)) {
      if (member.kind === "method" || isFunctionType(world, file, member.type)) names.add(name);
    }
  };
  for (const owner of facts.classes) for (const name of classNames(world, file, owner)) names.add(name);
  for (const declared of facts.interfaces) inSignatures(declared.members);
  for (const members of objectTypes(facts)) inSignatures(members);
  for (const { value, kept } of objectLiterals(file)) {
    if (!kept) continue;
    for (const property of value.properties) if (holdsFunction(facts, property.value)) names.add(property.name);
  }
  for (const { target } of facts.memberAssignments) names.add(target.name);
  return names;
}

function classNames(world: World, file: LinkedFile, { members, statics, assigned }: ClassFact): string[] {
  const declared = [...Object.entries(members), ...Object.entries(statics)].filter(([, { kind, type, init }]) => {
    if (kind !== "property") return true;
    return type ? isFunctionType(world, file, type) : holdsFunction(file.facts, init);
  });
  const given = Object.entries(assigned).filter(([, value]) => holdsFunction(file.facts, value));
  return [...declared, ...given].map(([name]) => name);
}

/** A function, a name for one, or what a call makes (`withRetry(…)`), which may be one. */
function holdsFunction(facts: FileFacts, value: Expr | undefined): boolean {
  if (value?.kind === "function" || value?.kind === "call") return true;
  if (value?.kind !== "name") return false;
  if (value.ref.kind === "variable") return facts.variables[value.ref.index]?.init?.kind === "function";
  return value.ref.kind === "function" || value.ref.kind === "import";
}

/** By what is written: what a type comes to takes too long to work out for every property there is. */
function isFunctionType(world: World, file: LinkedFile, type: TypeExpr | undefined, depth = 0): boolean {
  switch (type?.kind) {
    case "function":
    case "typeof":
    case "indexed":
      return true;
    case "union":
    case "intersection":
      return type.types.some((part) => isFunctionType(world, file, part, depth));
    case "ref":
      return isFunctionRef(world, file, type.ref, depth + 1);
    default:
      return false;
  }
}

const LONGEST_CHAIN = 6;

function isFunctionRef(world: World, file: LinkedFile, ref: TypeRef, depth: number): boolean {
  if (depth > LONGEST_CHAIN) return false;
  switch (ref.kind) {
    case "alias":
      return isFunctionType(world, file, file.facts.aliases[ref.index]?.type, depth);
    case "interface":
      return file.facts.interfaces[ref.index]?.members["()"] !== undefined;
    case "import": {
      const target = importTarget(world, file, ref.index);
      return (
        target.kind === "own" && target.type !== undefined && isFunctionRef(world, target.file, target.type, depth)
      );
    }
    case "global":
      return ref.name === "ReturnType";
    default:
      return false;
  }
}

/** Object types without a name of their own: in aliases, and written where a variable or parameter is declared. */
function objectTypes(facts: FileFacts): Readonly<Record<string, SignatureMember>>[] {
  const found: Readonly<Record<string, SignatureMember>>[] = [];
  const visit = (type: TypeExpr | undefined): void => {
    switch (type?.kind) {
      case "object":
        found.push(type.members);
        for (const member of Object.values(type.members)) visit(member.type);
        return;
      case "union":
      case "intersection":
        type.types.forEach(visit);
        return;
      case "array":
        visit(type.element);
        return;
      case "ref":
        type.args?.forEach(visit);
        return;
      default:
    }
  };
  for (const alias of facts.aliases) visit(alias.type);
  for (const variable of facts.variables) visit(variable.type);
  for (const fn of facts.functions) visit(fn.returns);
  return found;
}
