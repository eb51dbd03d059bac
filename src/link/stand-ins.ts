import type { Expr, FileFacts, FunctionId } from "../model/index.ts";
import { expectedType, objectContext } from "./contexts.ts";
import { handovers, holderNames, literalsBehind, literalsMadeBy, type PlacedLiteral } from "./handovers.ts";
import { objectLiterals } from "./object-literals.ts";
import { awaited, type LinkedFile, type MemberDeclaration, type Type, type World } from "./world.ts";

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
 * arguments, returned values), also where a name or the call that made it stands there (`const drivers:
 * Record<string, Driver> = { mail, sms: createSms() }`), and functions assigned to such a member
 * (`service.inTransaction = async (work) => …`).
 * What is expected where takes time to tell, so it is asked only for names that somebody calls.
 */
export function createStandIns(world: World): StandIns {
  const index: Index = { named: new Map(), decorators: [] };
  const loose = indexLiterals(world, index);
  const indexOnce = once(() => indexHandovers(world, index));
  const found = new Map<string, ReadonlyMap<string, StandIn[]>>();
  return {
    of(declaration) {
      if (declaration.kind !== "interface" && declaration.kind !== "property") return [];
      const { name } = declaration;
      if (loose.decorators || loose.members.has(name)) indexOnce();
      const byMember = found.get(name) ?? settle(world, index, name);
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

/** A literal that takes members over and replaces some: `{ ...driver, save: async () => … }`. */
interface Decorator extends PlacedLiteral {
  readonly expected: () => Type | null;
}

interface Index {
  /** By name of the member. */
  readonly named: Map<string, Candidate[]>;
  readonly decorators: Decorator[];
}

function settle(world: World, { named, decorators }: Index, name: string): Map<string, StandIn[]> {
  const found = new Map<string, StandIn[]>();
  const add = (declaration: MemberDeclaration, standIns: readonly StandIn[]) => {
    if (declaration.kind !== "interface" && declaration.kind !== "property") return;
    const key = keyOf(declaration.inheritedFrom ?? declaration);
    const known = found.get(key) ?? [];
    found.set(key, [...known, ...standIns.filter((standIn) => !known.some((other) => isSame(standIn, other)))]);
  };
  for (const { file, value, owner, kept, expected } of named.get(name) ?? []) {
    const functions = functionsOf(world, file, value);
    if (functions.length === 0) continue;
    const standIn = { symbol: owner === "" ? name : `${owner}.${name}`, functions, kept };
    for (const declaration of world.member(expected(), name)?.declarations ?? []) {
      add(declaration, [standIn]);
    }
  }
  if (found.size === 0) return found;
  for (const { file, value, expected } of decorators) {
    if (value.properties.some((property) => property.name === name)) continue;
    const asked = world.member(expected(), name)?.declarations ?? [];
    if (asked.length === 0) continue;
    const taken = value.spreads.flatMap(
      (spread) => world.member(world.valueOf(file, spread), name)?.declarations ?? [],
    );
    const behind = taken.flatMap((declaration) => found.get(keyOf(declaration.inheritedFrom ?? declaration)) ?? []);
    for (const declaration of asked) add(declaration, behind);
  }
  return found;
}

/** One object can be handed over in several places. */
function isSame(left: StandIn, right: StandIn): boolean {
  const [one, other] = [left.functions[0], right.functions[0]];
  return one?.file === other?.file && one?.index === other?.index && left.kept === right.kept;
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

/** What nothing says the type of where it is written: only where it is handed over to can say it. */
interface Loose {
  readonly members: ReadonlySet<string>;
  /** Whether some of it takes members over, which may have any name. */
  readonly decorators: boolean;
}

/** Object literals that hold a function, and functions assigned to a member. */
function indexLiterals(world: World, index: Index): Loose {
  const members = new Set<string>();
  let decorators = false;
  for (const file of world.files.values()) {
    for (const { value, kept } of objectLiterals(file)) {
      const names = addLiteral(index, file, value, kept, () => objectContext(world, file, value.object));
      const context = file.facts.objects[value.object]?.context?.kind;
      if (names.length === 0 || !kept || context === "typed" || context === "argument") continue;
      for (const name of names) members.add(name);
      decorators ||= value.spreads.length > 0;
    }
    for (const { target, value } of file.facts.memberAssignments) {
      if (!mayBeFunction(file.facts, value)) continue;
      const expected = () => {
        const type = world.valueOf(file, target.object);
        return type?.kind === "instance" ? null : type;
      };
      add(index, target.name, { file, value, owner: "", kept: false, expected });
    }
  }
  return { members, decorators };
}

/** The same for names and calls that stand where a type is expected. */
function indexHandovers(world: World, index: Index): void {
  const holders = holderNames(world.files.values());
  for (const file of world.files.values()) {
    for (const { value, context } of handovers(file, holders)) {
      const expected = () => expectedType(world, file, context);
      for (const literal of literalsBehind(world, file, value)) {
        addLiteral(index, literal.file, literal.value, true, expected);
      }
      const made = () => awaited(world.returnOf(expected()));
      for (const literal of literalsMadeBy(world, file, value)) {
        addLiteral(index, literal.file, literal.value, true, made);
      }
    }
  }
}

/** Gives the names of the members that it has added. */
function addLiteral(
  index: Index,
  file: LinkedFile,
  value: PlacedLiteral["value"],
  kept: boolean,
  type: () => Type | null,
): readonly string[] {
  const names: string[] = [];
  const expected = once(type);
  for (const property of value.properties) {
    if (!mayBeFunction(file.facts, property.value)) continue;
    const owner = file.facts.objects[value.object]?.name ?? "";
    add(index, property.name, { file, value: property.value, owner, kept, expected });
    names.push(property.name);
  }
  if (names.length > 0 && value.spreads.length > 0) index.decorators.push({ file, value, expected });
  return names;
}

function add({ named }: Index, name: string, candidate: Candidate): void {
  const known = named.get(name);
  if (known) known.push(candidate);
  else named.set(name, [candidate]);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
