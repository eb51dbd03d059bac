import type { CheckedCall, CheckedCallee, Location } from "../model/index.ts";
import { type LinkedFile, type MemberDeclaration, NO_ENV, type Type, type World } from "./world.ts";

/** Answers of the checker by file and offset of the callee's name token. */
export type CheckedCalls = ReadonlyMap<string, CheckedCall>;

export function indexCheckedCalls(world: World, checked: readonly CheckedCall[]): CheckedCalls {
  return new Map(
    checked.flatMap((call) => {
      const file = world.files.get(call.location.file);
      return file ? [[checkedKey(file, spanOf(file, call.location).start), call] as const] : [];
    }),
  );
}

export function checkedKey(file: LinkedFile, at: number): string {
  return `${file.id}:${at}`;
}

/**
 * The linker's own view of what the checker found: the checker says where, and inheritance, implementations and bodies
 * follow as they do for every other call.
 */
export function checkedDeclarations(world: World, callee: CheckedCallee): readonly MemberDeclaration[] {
  const { name, receiver, declared } = callee;
  for (const type of [...receiverTypes(world, receiver), ...declaringTypes(world, callee)]) {
    const found = world.member(type, name)?.declarations ?? [];
    if (found.length > 0) return found;
  }
  const file = world.files.get(declared.file);
  return file ? [looseMember(file, callee)] : [];
}

function receiverTypes(world: World, receiver: Location | undefined): Type[] {
  const file = receiver && world.files.get(receiver.file);
  if (!file) return [];
  const span = spanOf(file, receiver);
  const owner = firstWithin(file.facts.classes, span);
  if (owner >= 0) return classTypes(file, owner);
  const declared = firstWithin(file.facts.interfaces, span);
  return declared < 0 ? [] : [{ kind: "interface", file, interface: declared, env: NO_ENV }];
}

/** The class or interface that declares the member, where the receiver is none: `Pick<Order, "place">`. */
function declaringTypes(world: World, { name, declared }: CheckedCallee): Type[] {
  const file = world.files.get(declared.file);
  if (!file) return [];
  const span = spanOf(file, declared);
  const isThere = (member: { readonly at: number } | undefined) => member !== undefined && isWithin(member.at, span);
  const owner = file.facts.classes.findIndex((fact) => isThere(fact.members[name]) || isThere(fact.statics[name]));
  if (owner >= 0) return classTypes(file, owner);
  const index = file.facts.interfaces.findIndex((fact) => isThere(fact.members[name]));
  return index < 0 ? [] : [{ kind: "interface", file, interface: index, env: NO_ENV }];
}

function classTypes(file: LinkedFile, index: number): Type[] {
  return [
    { kind: "instance", file, class: index, env: NO_ENV },
    { kind: "class", file, class: index },
  ];
}

/** A member of an object literal or of a type without a name. */
function looseMember(file: LinkedFile, { name, declared }: CheckedCallee): MemberDeclaration {
  const span = spanOf(file, declared);
  const body = firstWithin(file.facts.functions, span);
  return { file, owner: "", name, at: span.start, kind: "property", functions: body < 0 ? [] : [body] };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf({ facts }: LinkedFile, { start, end }: Location): Span {
  const offset = ({ line, column }: Location["start"]) => (facts.lineStarts[line - 1] ?? 0) + column - 1;
  return { start: offset(start), end: offset(end) };
}

function isWithin(at: number, { start, end }: Span): boolean {
  return start <= at && at < end;
}

/** The outermost of them: what a declaration holds stands further back. */
function firstWithin(facts: readonly { readonly at: number }[], span: Span): number {
  const inside = facts.flatMap((fact, index) => (isWithin(fact.at, span) ? [{ at: fact.at, index }] : []));
  return inside.sort((a, b) => a.at - b.at)[0]?.index ?? -1;
}
