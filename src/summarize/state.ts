import type { FileFacts } from "../model/index.ts";
import type { FileWalk, StateVisit, Use } from "./walk/visits.ts";

/** Reading or changing memory that outlives the call. */
export interface StateEffect {
  readonly function: number;
  readonly effect: "write" | "read";
  readonly label: string;
  readonly at: number;
  /** Call whose answer the field holds since start-up: reading the field is reading what that call reads. */
  readonly source?: number;
}

/** What other stages know that one file's walk does not. */
export interface StateSurroundings {
  /** Whether a call leads to own code or to a known library: then its name says nothing about the field. */
  leadsElsewhere(call: number): boolean;
  /** Whether a function only ever runs while the process starts. */
  isStartUp(fn: number): boolean;
}

/** Methods that a framework or an entry point runs once, before any request. */
export const AT_START = /^(constructor|onModuleInit|onApplicationBootstrap|afterInit|bootstrap|configure)$/;

/** Classes whose instances are data that somebody holds: changing one is no state of the process. */
const DATA_CLASS =
  /^(Entity|ViewEntity|ChildEntity|Embeddable|TableInheritance|Table|Schema|ObjectType|InputType|ArgsType|InterfaceType|Exclude|Expose|ApiSchema|ApiExtraModels|Model|MikroOrm\w*|MultiORMEntity|index|modelOptions)$/;

/**
 * State of a file: fields of classes that live as long as the process (decorated ones: providers, controllers), and
 * variables of the module. What one function tests, fills and returns is a memo and no state; a field filled at
 * start-up only is a constant, or as good as the query that filled it.
 */
export function stateEffects(facts: FileFacts, walk: FileWalk, around: StateSurroundings): readonly StateEffect[] {
  const fields = new Map<string, StateVisit[]>();
  for (const visit of walk.states) {
    if (visit.class >= 0 && !livesLong(facts, visit.class)) continue;
    if (visit.write && visit.call >= 0 && around.leadsElsewhere(visit.call)) continue;
    const key = `${visit.class}.${visit.name}`;
    const known = fields.get(key);
    if (known) known.push(visit);
    else fields.set(key, [visit]);
  }
  return [...fields.values()].flatMap((visits) => effectsOfField(facts, walk, visits, around));
}

function livesLong(facts: FileFacts, index: number): boolean {
  const { decorators = [], name = null } = facts.classes[index] ?? {};
  if (decorators.length === 0) return name !== null && SERVICE_NAME.test(name);
  return !decorators.some((decorator) => DATA_CLASS.test(decorator.name));
}

/** Without a framework's decorator, a name is the only sign of an object that lives as long as the process. */
const SERVICE_NAME = /[a-z](Service|Store|Registry|Scheduler|Bus|Gateway|Repository)(V\d+)?$/;

function effectsOfField(
  facts: FileFacts,
  walk: FileWalk,
  visits: readonly StateVisit[],
  around: StateSurroundings,
): StateEffect[] {
  const first = visits[0];
  if (!first || isMethod(facts, first)) return [];
  const isStart = (visit: StateVisit) => visit.function < 0 || around.isStartUp(rootOf(walk, visit.function));
  const owner = facts.classes[first.class]?.name;
  const label = `state:${owner ? `${owner}.` : ""}${first.name}`;
  const live = visits.filter((visit) => !isStart(visit));
  const writers = live.filter((visit) => visit.write);
  const readers = live.filter((visit) => !visit.write);
  if (writers.length === 0) {
    const sources = visits.flatMap((visit) => (visit.write && visit.source >= 0 ? [visit.source] : []));
    return readers.flatMap((visit) =>
      sources.map((source) => ({ function: visit.function, effect: "read" as const, label, at: visit.at, source })),
    );
  }
  if (onlyNumbers(walk, live)) return [];
  const fillers = writers.filter((writer) => !writer.clears);
  if (fillers.length > 0 && fillers.every((writer) => fillsAndReturns(facts, walk, visits, writer))) return [];
  const isRead = !CONFIGURATION.test(first.name);
  return live.flatMap((visit): StateEffect[] => {
    const isWrite = visit.write && !fillsAndReturns(facts, walk, visits, visit);
    if (!isWrite && !isRead) return [];
    return [{ function: visit.function, effect: isWrite ? "write" : "read", label, at: visit.at }];
  });
}

/** Counted up and read in one function, and nothing decided by it: it only makes names unique, and nobody can tell. */
function onlyNumbers(walk: FileWalk, live: readonly StateVisit[]): boolean {
  const roots = new Set(live.map((visit) => rootOf(walk, visit.function)));
  const counts = live.every((visit) => !visit.write || visit.counts);
  return roots.size === 1 && counts && live.every((visit) => !isJudged(walk, visit.use, 0));
}

/** Whether something depends on a number. */
function isJudged(walk: FileWalk, use: Use, depth: number): boolean {
  if (use.kind === "test" || use.kind === "returned") return true;
  if (use.kind !== "bound" || depth > 3) return depth > 3;
  return (walk.uses.get(use.variable) ?? []).some((inner) => isJudged(walk, inner, depth + 1));
}

/** Reading configuration is reading a constant, however it got there. */
const CONFIGURATION = /config(uration)?$|options$|settings$/i;

function isMethod(facts: FileFacts, visit: StateVisit): boolean {
  const member = facts.classes[visit.class]?.members[visit.name];
  return member !== undefined && (member.kind === "method" || member.kind === "getter" || member.injected);
}

/** A memo: the function that fills the field also looks at it and answers. Taking out or counting up is none. */
function fillsAndReturns(facts: FileFacts, walk: FileWalk, visits: readonly StateVisit[], writer: StateVisit): boolean {
  if (writer.consumes) return false;
  const root = rootOf(walk, writer.function);
  const reads = visits.some((visit) => !visit.write && rootOf(walk, visit.function) === root);
  return reads && (facts.functions[root]?.returned.length ?? 0) > 0;
}

/** The function in which a callback runs, out to the one that somebody calls; handlers of a file are not one. */
export function rootOf(walk: FileWalk, index: number): number {
  let current = index;
  for (let next = walk.runsIn.get(current); next !== undefined && next >= 0; next = walk.runsIn.get(current)) {
    current = next;
  }
  return current;
}
