import type { Expr, FileFacts, FunctionId } from "../model/index.ts";
import { objectContext } from "./contexts.ts";
import { objectLiterals } from "./object-literals.ts";
import { awaited, type LinkedFile, type MemberDeclaration, NO_ENV, type Type, type World } from "./world.ts";

/** A function that stands behind a member of an interface or object type without any class saying so. */
export interface StandIn {
  readonly symbol: string;
  readonly functions: readonly FunctionId[];
  /** Whether somebody keeps the object or gives it back; the options of a call are the caller's own affair. */
  readonly kept: boolean;
}

export interface StandIns {
  of(declaration: MemberDeclaration): readonly StandIn[];
}

/**
 * Finds them: functions in object literals where that type is expected (`const clock: Clock = { now: () => … }`,
 * arguments, returned values), and functions assigned to such a member (`service.inTransaction = async (work) => …`).
 * What is expected where takes time to tell, so it is asked only for names that somebody calls.
 */
export function createStandIns(world: World): StandIns {
  const candidates = indexCandidates(world);
  const found = new Map<string, ReadonlyMap<string, StandIn[]>>();
  return {
    of(declaration) {
      if (declaration.kind !== "interface" && declaration.kind !== "property") return [];
      const { name } = declaration;
      const byMember = found.get(name) ?? settle(world, candidates.get(name) ?? [], name);
      found.set(name, byMember);
      return byMember.get(keyOf(declaration.inheritedFrom ?? declaration)) ?? [];
    },
  };
}

interface Candidate {
  readonly file: LinkedFile;
  readonly value: Expr;
  readonly owner: string;
  readonly kept: boolean;
  /** The type whose member the function may be. */
  readonly expected: () => Type | null;
}

function settle(world: World, candidates: readonly Candidate[], name: string): Map<string, StandIn[]> {
  const found = new Map<string, StandIn[]>();
  for (const { file, value, owner, kept, expected } of candidates) {
    const functions = functionsOf(world, file, value);
    if (functions.length === 0) continue;
    const standIn = { symbol: owner === "" ? name : `${owner}.${name}`, functions, kept };
    for (const declaration of world.member(expected(), name)?.declarations ?? []) {
      if (declaration.kind !== "interface" && declaration.kind !== "property") continue;
      const key = keyOf(declaration.inheritedFrom ?? declaration);
      const known = found.get(key);
      if (known) known.push(standIn);
      else found.set(key, [standIn]);
    }
  }
  return found;
}

function keyOf(declaration: MemberDeclaration): string {
  return `${declaration.file.id}:${declaration.at}:${declaration.name}`;
}

/** The functions that a value is, when it is one or a name for one. */
function functionsOf(world: World, file: LinkedFile, value: Expr): FunctionId[] {
  const type = world.valueOf(file, value);
  if (type?.kind !== "function") return [];
  const { facts } = type.file;
  return type.functions.filter((index) => facts.functions[index]?.body).map((index) => ({ file: facts.path, index }));
}

function mayBeFunction(facts: FileFacts, value: Expr): boolean {
  if (value.kind === "function") return true;
  if (value.kind !== "name") return false;
  if (value.ref.kind === "variable") return facts.variables[value.ref.index]?.init?.kind === "function";
  return value.ref.kind === "function";
}

/** By name of the member: object literals that hold a function under it, and functions assigned to it. */
function indexCandidates(world: World): ReadonlyMap<string, Candidate[]> {
  const found = new Map<string, Candidate[]>();
  const add = (name: string, candidate: Candidate) => {
    const known = found.get(name);
    if (known) known.push(candidate);
    else found.set(name, [candidate]);
  };
  for (const file of world.files.values()) {
    const { facts } = file;
    for (const { value, kept, returnedBy } of objectLiterals(file)) {
      let expected: (() => Type | null) | undefined;
      for (const property of value.properties) {
        if (!mayBeFunction(facts, property.value)) continue;
        expected ??= once(() => expectedType(world, file, value.object, returnedBy));
        const owner = facts.objects[value.object]?.name ?? "";
        add(property.name, { file, value: property.value, owner, kept, expected });
      }
    }
    for (const { target, value } of facts.memberAssignments) {
      if (!mayBeFunction(facts, value)) continue;
      const expected = () => {
        const type = world.valueOf(file, target.object);
        return type?.kind === "instance" ? null : type;
      };
      add(target.name, { file, value, owner: "", kept: false, expected });
    }
  }
  return found;
}

function expectedType(world: World, file: LinkedFile, object: number, returnedBy: number | undefined): Type | null {
  if (returnedBy === undefined) return objectContext(world, file, object);
  const returns = file.facts.functions[returnedBy]?.returns;
  return returns ? awaited(world.typeOf(file, returns, NO_ENV)) : null;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
