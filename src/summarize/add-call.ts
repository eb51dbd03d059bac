import type { LibraryEffect } from "../adapters/contract.ts";
import type { CallSiteFact, CallTarget, Evidence, FileFacts } from "../model/index.ts";
import { type ByFunction, ofFunction } from "./by-function.ts";
import { givesPromise } from "./gives-promise.ts";
import { leafOf } from "./leaves.ts";
import { locate } from "./locate.ts";
import { nameOf } from "./name-of.ts";
import { addEffect, addUpdate, type Node } from "./node.ts";
import { tellsSubscribers } from "./subscribers.ts";
import type { CallVisit, FileWalk } from "./walk/visits.ts";

/** Members that only add: what is added before or after them is not overtaken. */
const ADDS =
  /^(insert|insertOne|insertMany|insertInto|create|createMany|add|addBulk|append|push|publish|emit|sendMail)$/;

const TOLD: LibraryEffect = { effect: "write", label: "bus", publishes: true };

interface Called {
  readonly visit: CallVisit;
  readonly site: CallSiteFact;
  readonly target: CallTarget;
}

/** What other files say of the functions that a call may run. */
interface Callees {
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly nodes: ByFunction<Node>;
}

export function addCall({ facts, nodes }: Callees, file: FileFacts, walk: FileWalk, called: Called, node: Node): void {
  const { visit, site, target } = called;
  for (const body of target.bodies) {
    const to = ofFunction(nodes, body);
    if (!to) continue;
    const callee = facts.get(body.file)?.functions[body.index];
    const canVeto = !visit.caught && !(callee?.async && isDetached(visit));
    node.edges.push({
      to,
      canVeto,
      at: site.at,
      caught: isSwallowed(visit, givesPromise(callee)),
    });
  }
  const effect = leafOf(file, visit, site, target);
  if (effect) addLeaf(file, called, effect, node);
  const hasNoBody = target.declarations.length > 0 && target.bodies.length === 0 && !target.library && !site.isNew;
  // A function kept in a property is a callback: what it does is the business of whoever put it there. One that is
  // waited for does more than compute, though.
  const isWaitedFor = visit.awaited && givesPromise(file.functions[visit.function]);
  const isKept = target.declarations.every(({ kind, holdsFunction }) => kind === "property" || holdsFunction);
  const isCallback = !isWaitedFor && isKept;
  if (!effect && !target.library && target.bodies.length === 0 && isKept && tellsSubscribers(file, walk, visit, site)) {
    addLeaf(file, called, TOLD, node);
  } else if (hasNoBody && !effect && !isCallback) {
    node.unseen ??= evidenceAt(file, site, node, nameOf(file, site.callee));
  }
  const isReject = target.library?.package === "" && target.library.path.join(".") === "reject";
  if (isReject) addRefusal(file, called, "rejects", node);
}

function addLeaf(file: FileFacts, called: Called, leaf: LibraryEffect, node: Node): void {
  const { site, visit } = called;
  const { effect, label } = leaf;
  if (leaf.refuses) addRefusal(file, called, "asserts", node);
  if (leaf.request) node.request ??= evidenceAt(file, site, node, "the current request");
  if (leaf.unseen !== undefined) node.unseen ??= evidenceAt(file, site, node, leaf.unseen);
  if (effect === "none") return;
  const adds = leaf.adds ?? (site.callee.kind === "member" && ADDS.test(site.callee.name));
  for (const touched of [{ effect, label }, ...(leaf.also ?? [])]) {
    const side = touched.effect === "write" ? "writes" : "reads";
    if (!node[side].has(touched.label)) {
      const found = evidenceAt(file, site, node, touched.label);
      const how = { publishes: leaf.publishes === true, external: leaf.external === true };
      addEffect(node, side, touched.label, { ...found, ...how });
    }
    if (touched.effect === "write" && !adds) addUpdate(node, touched.label);
  }
  // Whether a library gives a promise is not known, unless somebody lets go of one: `void client.send(…)`.
  if (effect === "write") node.own.push({ kind: "write", at: site.at, caught: isSwallowed(visit, visit.letGo) });
}

function addRefusal(file: FileFacts, { site, visit }: Called, what: string, node: Node): void {
  if (visit.caught) return;
  node.veto ??= evidenceAt(file, site, node, what);
  node.own.push({ kind: "veto", at: site.at, caught: false });
}

function evidenceAt(file: FileFacts, site: CallSiteFact, node: Node, what: string): Evidence {
  return { what, location: locate(file, site.at, site.nameEnd), path: [node.symbol] };
}

/**
 * Its failure is heard by nobody above: a catch ends it, or a promise is started and left alone. What gives no promise
 * fails where it stands.
 */
function isSwallowed(visit: CallVisit, isPromise: boolean): boolean {
  return (visit.caught && !visit.answered) || (isPromise && isDetached(visit));
}

/** A promise that nobody waits for cannot veto the code that started it. */
function isDetached(visit: CallVisit): boolean {
  return !visit.awaited && visit.use.kind === "discarded";
}
