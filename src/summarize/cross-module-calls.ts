import type {
  CallFacts,
  CallGraph,
  CallSiteFact,
  CallTarget,
  CrossModuleCall,
  Declaration,
  DeclaredLeaf,
  FileFacts,
  FunctionFact,
  FunctionId,
  UnresolvedCall,
} from "../model/index.ts";
import { argumentFacts } from "./arguments.ts";
import { ofFunction } from "./by-function.ts";
import { givesPromise } from "./gives-promise.ts";
import { locate } from "./locate.ts";
import { nameOf } from "./name-of.ts";
import { numbered } from "./numbered.ts";
import { resultUse } from "./result-use.ts";
import { tellApart } from "./same-names.ts";
import { shapeOf } from "./shape-of.ts";
import { summarizeFunctions } from "./summaries.ts";
import type { Analysis } from "./summary.ts";
import { surroundings } from "./surroundings.ts";
import { callerSymbol } from "./symbols.ts";
import { isTelemetry } from "./telemetry.ts";
import { findUnresolvedCalls, type ModuleOf } from "./unresolved-calls.ts";
import { isUserInterface } from "./user-interface.ts";
import type { CallVisit } from "./walk/visits.ts";
import { workOf } from "./work.ts";

export interface CrossModuleCalls {
  /** In order of location. */
  readonly calls: readonly CrossModuleCall[];
  readonly unresolved: readonly UnresolvedCall[];
  /** Of the declared leaves: those that no function is. */
  readonly idleLeaves: readonly DeclaredLeaf[];
}

/** The calls between modules, with what was observed of each, and the calls that might be some. */
export function findCrossModuleCalls(
  graph: CallGraph,
  moduleOf: ModuleOf,
  leaves: readonly DeclaredLeaf[] = [],
): CrossModuleCalls {
  const declared = new Map(leaves.map((leaf) => [leaf.match, leaf]));
  const matched = new Set<string>();
  const analysis = summarizeFunctions(graph, (file, symbol) => {
    const leaf = declared.get(`${moduleOf(file) ?? file}:${symbol}`);
    if (leaf) matched.add(leaf.match);
    return leaf;
  });
  const found: { readonly key: string; readonly call: CrossModuleCall }[] = [];
  const nameOf = tellApart(graph.files, moduleOf);
  for (const file of graph.files) {
    const from = moduleOf(file.path);
    if (from === null) continue;
    const visits: CallVisit[] = [];
    for (const visit of analysis.walks.get(file.path)?.calls ?? []) visits[visit.call] = visit;
    const isOwnModule = (path: string) => moduleOf(path) === from;
    graph.targets[file.path]?.forEach((target, index) => {
      const site = file.calls[index];
      if (!site || site.isNew || site.isTag) return;
      const elsewhere = calleeElsewhere(target, from, moduleOf);
      if (elsewhere) {
        const visit = visits[index] ?? unvisited(index, site);
        const caller = nameOf(from, file.path, callerSymbol(file, site));
        const callee = { ...elsewhere, symbol: nameOf(elsewhere.module, elsewhere.file, elsewhere.symbol) };
        const key = `${from}:${caller}->${callee.module}:${callee.symbol}`;
        const call = describe({ analysis, file, site, visit, target, from, caller, callee, isOwnModule });
        found.push({ key, call });
      }
    });
  }
  return {
    calls: numbered(found),
    unresolved: findUnresolvedCalls(graph, moduleOf, nameOf),
    idleLeaves: leaves.filter((leaf) => !matched.has(leaf.match)),
  };
}

interface Callee {
  readonly module: string;
  readonly file: string;
  readonly symbol: string;
}

/** The callee, if every declaration that it may be is in another module. */
function calleeElsewhere(target: CallTarget, from: string, moduleOf: ModuleOf): Callee | null {
  const inModules = target.declarations.flatMap((declaration) => placed(declaration, from, moduleOf));
  const first = inModules.find((callee) => callee.module !== from);
  return first && inModules.every((callee) => callee.module !== from) ? first : null;
}

/** An interface of the caller's own module that only others implement leads to them. */
function placed(declaration: Declaration, from: string, moduleOf: ModuleOf): Callee[] {
  const module = moduleOf(declaration.file);
  if (module !== from || declaration.implementations.length === 0) {
    return module === null ? [] : [{ module, file: declaration.file, symbol: declaration.symbol }];
  }
  const behind = declaration.implementations.flatMap((implementation) => {
    const home = moduleOf(implementation.file);
    return home === null ? [] : [{ module: home, file: implementation.file, symbol: implementation.symbol }];
  });
  const other = behind.find((callee) => callee.module !== from);
  const allElsewhere =
    behind.length === declaration.implementations.length && behind.every((callee) => callee.module !== from);
  return other && allElsewhere ? [other] : [{ module, file: declaration.file, symbol: declaration.symbol }];
}

interface Described {
  readonly analysis: Analysis;
  readonly file: FileFacts;
  readonly site: CallSiteFact;
  readonly visit: CallVisit;
  readonly target: CallTarget;
  readonly from: string;
  readonly caller: string;
  readonly callee: Callee;
  readonly isOwnModule: (file: string) => boolean;
}

function describe(input: Described): CrossModuleCall {
  const { file, site, callee, target } = input;
  return {
    id: "",
    from: input.from,
    to: callee.module,
    caller: { symbol: input.caller, file: file.path },
    callee: { symbol: callee.symbol, file: callee.file },
    location: locate(file, site.at, site.nameEnd),
    via: target.via,
    facts: factsOf(input),
  };
}

function factsOf({ analysis, file, site, visit, target, callee, isOwnModule }: Described): CallFacts {
  const summariesOf = (bodies: readonly FunctionId[]) =>
    bodies.flatMap((body) => ofFunction(analysis.summaries, body) ?? []);
  const given = summariesOf(givenToRun(analysis, file, site));
  const shape = shapeOf(file, visit, site, target, callee.symbol);
  const work = workOf([...summariesOf(target.bodies), ...given], shape);
  const use = resultUse(analysis, file, visit, target);
  const around = surroundings(analysis, file, site, visit, work.writesLabels, isOwnModule);
  return {
    resultUsed: use.used,
    usedOnlyToRefuse: use.onlyToRefuse,
    awaited: visit.awaited || target.bodies.every((body) => !isAsync(analysis.facts.get(body.file), body.index)),
    couldWait: visit.letGo || file.functions[visit.function]?.async === true,
    effect: work.effect,
    effectKnown: (target.bodies.length > 0 && !work.evidence.unseen) || shape.harmless || isTelemetry(file, site),
    canThrow: work.canThrow,
    refusesFirst: work.refusesFirst,
    failsTechnically: work.failsTechnically,
    swallowsFailures: work.swallowsFailures,
    leftAlone: isLeftAlone(analysis, visit, target),
    changesGiven: target.bodies.some((body) => analysis.walks.get(body.file)?.changing.has(body.index) === true),
    // What follows in the same `try` is skipped when it fails: then somebody does depend on it.
    caught: visit.caught && !visit.answered && !around.decidesRest,
    inTransaction: around.inTransaction,
    handlePassed: around.handlePassed,
    inLoop: visit.inLoop,
    readAfterWrite: around.readAfterWrite,
    afterOwnWrite: around.afterOwnWrite,
    beforeOwnWrite: around.beforeOwnWrite,
    afterOwnDelete: around.afterOwnDelete,
    besideOwnWrite: around.besideOwnWrite,
    ownWriteFollows: around.ownWriteFollows,
    runsCallersWork: given.some((summary) => summary.writes.size > 0),
    inListener: isListener(file, site.function),
    inInterface: isUserInterface(file),
    requestContext: work.requestContext,
    publishes: work.publishes,
    writesOutside: work.writesOutside,
    writes: work.writes,
    updates: work.updates,
    reads: work.reads,
    arguments: argumentFacts(analysis, file, site, target),
    evidence: work.evidence,
  };
}

/** Calls that hand a function over to be told of events; `on` also means a server's or a process's own. */
const HANDS_OVER =
  /^(onEvent|onDomainEvent|addEventHandler|registerEventHandler|subscribeTo[A-Z]\w*|subscribe|on|addListener)$/;
const BUS = /(bus|event|emitter|pubsub|broker|dispatcher|mediator)/i;

/** Whether a function is given to a bus: `events.onEvent({ handler })`, `bus.on("order.placed", () => …)`. */
function isHandedToBus(file: FileFacts, fn: FunctionFact): boolean {
  const call =
    fn.context?.kind === "argument"
      ? fn.context.call
      : fn.context?.kind === "property"
        ? ownerOf(file, fn.context.object)
        : -1;
  const callee = file.calls[call]?.callee;
  if (callee?.kind !== "member" || !HANDS_OVER.test(callee.name)) return false;
  return /event/i.test(callee.name) || BUS.test(nameOf(file, callee.object));
}

/** The call that an object literal is an argument of, or -1. */
function ownerOf(file: FileFacts, object: number): number {
  return file.calls.findIndex(({ args }) =>
    args.some((argument) => argument.kind === "object" && argument.object === object),
  );
}

const LISTENS = /^(OnEvent|OnSafeEvent|EventListener|EventSubscriber|OnQueueEvent|OnWorkerEvent|OnQueue[A-Z]\w*)$/;

/** Whether a function, or the one that it stands in, is declared to listen to events. */
function isListener(file: FileFacts, index: number): boolean {
  const fn = file.functions[index];
  if (!fn) return false;
  if (isHandedToBus(file, fn) || fn.decorators.some((decorator) => LISTENS.test(decorator.name))) return true;
  const handles = file.classes[fn.class]?.decorators.some((decorator) => decorator.name === "EventsHandler") === true;
  return (handles && fn.name === "handle") || isListener(file, fn.parent);
}

/** A promise that is neither waited for, nor kept, nor given a handler: when it fails, the process hears of it. */
function isLeftAlone(analysis: Analysis, visit: CallVisit, target: CallTarget): boolean {
  if (visit.awaited || visit.caught || visit.use.kind !== "discarded" || target.bodies.length === 0) return false;
  return target.bodies.every((body) => isAsync(analysis.facts.get(body.file), body.index));
}

/** Functions that the callee is handed to run, as a transaction is handed its work. */
function givenToRun({ walks }: Analysis, file: FileFacts, site: CallSiteFact): FunctionId[] {
  const runsIn = walks.get(file.path)?.runsIn;
  return site.args.flatMap((argument) =>
    argument.kind === "function" && runsIn?.has(argument.function)
      ? [{ file: file.path, index: argument.function }]
      : [],
  );
}

/** Whether a function gives a promise; a call of one that does not is over when it returns. */
function isAsync(file: FileFacts | undefined, index: number): boolean {
  const fn = file?.functions[index];
  return fn === undefined || givesPromise(fn);
}

/** Code that no walk reaches (an unusual place for a call) is taken as used, and plain otherwise. */
function unvisited(call: number, site: CallSiteFact | undefined): CallVisit {
  return {
    call,
    use: { kind: "used" },
    awaited: false,
    function: site?.function ?? -1,
    inLoop: false,
    caught: false,
    answered: false,
    inCatch: false,
    inTransaction: false,
    tryAt: -1,
    letGo: false,
  };
}
