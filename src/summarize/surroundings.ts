import type { LibraryEffect } from "../adapters/contract.ts";
import type { CallSiteFact, Expr, FileFacts, TypeExpr } from "../model/index.ts";
import { ofFunction } from "./by-function.ts";
import { leafOf } from "./leaves.ts";
import { rootOf } from "./state.ts";
import type { Analysis, Summary } from "./summary.ts";
import { TRANSACTION_METHOD } from "./walk/method-names.ts";
import type { CallVisit, FileWalk } from "./walk/visits.ts";

/** What happens around a call, in the function that makes it. */
export interface Surroundings {
  readonly inTransaction: boolean;
  readonly handlePassed: boolean;
  readonly readAfterWrite: boolean;
  readonly afterOwnWrite: boolean;
  readonly beforeOwnWrite: boolean;
  readonly afterOwnDelete: boolean;
  /** The caller's own module writes in the same function. */
  readonly besideOwnWrite: boolean;
  /** The caller's own module writes after the call. */
  readonly ownWriteFollows: boolean;
  /** A write follows in the same `try`, which a failure would skip. */
  readonly decidesRest: boolean;
}

const HANDLE_TYPES =
  /^(EntityManager|QueryRunner|TransactionClient|Transaction|Knex\.Transaction|PoolClient|ClientSession|TransactionHost|SqlEntityManager)$/;

/** Answering the request is no business of the caller's that another write could depend on. */
const ANSWER = "response";

/** Functions between a call and what it reads, beyond which the reading says nothing about the caller's intent. */
const SHALLOW = 2;

export function surroundings(
  analysis: Analysis,
  file: FileFacts,
  site: CallSiteFact,
  visit: CallVisit,
  writes: ReadonlySet<string>,
  isOwnModule: (file: string) => boolean,
): Surroundings {
  const walk = analysis.walks.get(file.path);
  const root = walk ? rootOf(walk, visit.function) : visit.function;
  const handlePassed =
    site.args.some((argument) => isHandle(analysis, file, argument)) || isBound(analysis, file, site.callee);
  const found = {
    afterOwnWrite: false,
    beforeOwnWrite: false,
    afterOwnDelete: false,
    besideOwnWrite: false,
    ownWriteFollows: false,
    decidesRest: false,
    readAfterWrite: false,
  };
  let started = false;
  for (const other of walk ? callsOf(walk, root) : []) {
    const otherSite = file.calls[other.call];
    if (!otherSite || other.call === visit.call) continue;
    const isBefore = otherSite.end <= site.start;
    if (!isBefore && otherSite.start < site.end) continue;
    if (isBefore) started = isStart(otherSite) || (started && !isEnd(otherSite));
    const effects = effectsOf(analysis, file, other);
    found.readAfterWrite ||= !isBefore && readsAny(effects, writes);
    if (!effects.writes) continue;
    const isOwn = isOwnWork(analysis, file, other, isOwnModule);
    found.afterOwnWrite ||= isBefore;
    found.beforeOwnWrite ||= !isBefore;
    found.decidesRest ||= !isBefore && visit.tryAt >= 0 && other.tryAt === visit.tryAt;
    found.besideOwnWrite ||= isOwn;
    found.ownWriteFollows ||= isOwn && !isBefore;
    found.afterOwnDelete ||= isOwn && isBefore && isDelete(otherSite) && !staysOutside(effects);
  }
  return { ...found, handlePassed, inTransaction: visit.inTransaction || started || handlePassed };
}

/** Calls of one function, callbacks that run in it included; by walk, because many calls ask for the same. */
function callsOf(walk: FileWalk, root: number): readonly CallVisit[] {
  let byRoot = CALLS.get(walk);
  if (!byRoot) {
    byRoot = new Map();
    for (const visit of walk.calls) {
      const key = rootOf(walk, visit.function);
      const known = byRoot.get(key);
      if (known) known.push(visit);
      else byRoot.set(key, [visit]);
    }
    CALLS.set(walk, byRoot);
  }
  return byRoot.get(root) ?? [];
}

const CALLS = new WeakMap<FileWalk, Map<number, CallVisit[]>>();

function isDelete(site: CallSiteFact): boolean {
  return site.callee.kind === "member" && /^(delete|remove|destroy|softDelete|softRemove)/.test(site.callee.name);
}

/** A file or a mail is no thing that others belong to. */
function staysOutside({ leaf, summaries }: Effects): boolean {
  const written = summaries.flatMap((summary) => [...summary.writes.values()]);
  return leaf?.effect === "write" ? leaf.external === true : written.every((evidence) => evidence.external);
}

/** Whether what runs is the caller's own module's: a leaf of its own, or a function declared in it. */
function isOwnWork(
  analysis: Analysis,
  file: FileFacts,
  visit: CallVisit,
  isOwnModule: (file: string) => boolean,
): boolean {
  const bodies = analysis.graph.targets[file.path]?.[visit.call]?.bodies ?? [];
  return bodies.every((body) => isOwnModule(body.file));
}

function isStart(site: CallSiteFact): boolean {
  return site.callee.kind === "member" && site.callee.name === "startTransaction";
}

function isEnd(site: CallSiteFact): boolean {
  return (
    site.callee.kind === "member" && /^(commitTransaction|rollbackTransaction|commit|rollback)$/.test(site.callee.name)
  );
}

/** What a call does, seen from the function that makes it. */
interface Effects {
  readonly leaf: LibraryEffect | null;
  readonly summaries: readonly Summary[];
  readonly writes: boolean;
}

const NO_EFFECTS: Effects = { leaf: null, summaries: [], writes: false };

const EFFECTS = new WeakMap<CallVisit, Effects>();

function effectsOf(analysis: Analysis, file: FileFacts, visit: CallVisit): Effects {
  const known = EFFECTS.get(visit);
  if (known) return known;
  const effects = findEffects(analysis, file, visit);
  EFFECTS.set(visit, effects);
  return effects;
}

function findEffects(analysis: Analysis, file: FileFacts, visit: CallVisit): Effects {
  const site = file.calls[visit.call];
  const target = analysis.graph.targets[file.path]?.[visit.call];
  if (!site || !target) return NO_EFFECTS;
  // A transaction's own call is the frame of the writes inside it, which are visited by themselves.
  if (site.callee.kind === "member" && TRANSACTION_METHOD.test(site.callee.name)) return NO_EFFECTS;
  const leaf = leafOf(file, visit, site, target);
  const summaries = target.bodies.flatMap((body) => ofFunction(analysis.summaries, body) ?? []);
  const writes =
    (leaf?.effect === "write" && leaf.label !== ANSWER) ||
    leaf?.also?.some(({ effect }) => effect === "write") === true ||
    summaries.some((summary) => summary.writes.size > (summary.writes.has(ANSWER) ? 1 : 0));
  return { leaf, summaries, writes };
}

/** Whether a call reads one of the labels, not too far away. */
function readsAny({ leaf, summaries }: Effects, labels: ReadonlySet<string>): boolean {
  const isMeant = (label: string) => label !== "" && labels.has(label);
  if (leaf?.effect === "read" && isMeant(leaf.label)) return true;
  if (leaf?.also?.some(({ effect, label }) => effect === "read" && isMeant(label))) return true;
  for (const { reads } of summaries) {
    for (const label of labels) if (label !== "" && (reads.get(label)?.path.length ?? Infinity) <= SHALLOW) return true;
  }
  return false;
}

/** A receiver that was made for the transaction: `this.stock.withTransaction(manager).reserve(…)`. */
function isBound(analysis: Analysis, file: FileFacts, callee: Expr): boolean {
  if (callee.kind !== "member") return false;
  const { object } = callee;
  const isKept = object.kind === "name" && object.ref.kind === "variable";
  const value = (isKept ? file.variables[object.ref.index]?.init : object) ?? object;
  const made = value.kind === "await" ? value.value : value;
  const site = made.kind === "call" ? file.calls[made.call] : undefined;
  if (!site) return object.kind === "member" && isBound(analysis, file, object);
  return site.args.some((argument) => isHandle(analysis, file, argument)) || isBound(analysis, file, site.callee);
}

/** A transaction handed over: the parameter of a transaction's callback, or something typed as a handle. */
function isHandle(analysis: Analysis, file: FileFacts, value: Expr): boolean {
  if (value.kind === "object") return value.properties.some((property) => isHandle(analysis, file, property.value));
  if (value.kind === "member") return value.name === "manager" && isHandle(analysis, file, value.object);
  if (value.kind !== "name" || value.ref.kind !== "variable") return false;
  if (analysis.walks.get(file.path)?.handles.has(value.ref.index)) return true;
  const variable = file.variables[value.ref.index];
  if (variable?.init?.kind === "call") {
    const callee = file.calls[variable.init.call]?.callee;
    if (callee?.kind === "member" && callee.name === "createQueryRunner") return true;
  }
  return variable?.type !== undefined && isHandleType(file, variable.type);
}

function isHandleType(file: FileFacts, type: TypeExpr): boolean {
  if (type.kind === "union") return type.types.some((part) => isHandleType(file, part));
  return type.kind === "ref" && HANDLE_TYPES.test(typeRefName(file, type.ref));
}

function typeRefName(file: FileFacts, ref: Extract<TypeExpr, { kind: "ref" }>["ref"]): string {
  if (ref.kind === "import") return file.imports[ref.index]?.name ?? "";
  if (ref.kind === "qualified") return ref.name;
  return ref.kind === "global" ? ref.name : "";
}
