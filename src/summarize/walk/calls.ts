import type { CallSiteFact, Expr } from "../../model/index.ts";
import { runCallbacks } from "./callbacks.ts";
import { calleeName } from "./callee-name.ts";
import { promiseHandler } from "./failures.ts";
import { noteMember, noteWrite } from "./state-visits.ts";
import type { Use } from "./visits.ts";
import { type Place, USED, type Walker } from "./walker.ts";

const MUTATORS = new Set([
  "push",
  "set",
  "delete",
  "add",
  "clear",
  "splice",
  "pop",
  "shift",
  "unshift",
  "fill",
  "sort",
  "reverse",
]);

/** Wrappers that take a promise and care for its failure: `void trySafe(report())`, `context.waitUntil(report())`. */
const LETS_GO = /(try|safe|swallow|ignore|quiet|settle|background|forget|detach|waituntil)/i;

export function visitCall(walker: Walker, index: number, use: Use, place: Place, awaited: boolean): void {
  const site = walker.facts.calls[index];
  if (!site) return;
  const { inLoop, caught, answered, inCatch, inTransaction, tryAt, letGo } = place.context;
  // Written out, and not spread: there is one for every call of the code base.
  walker.calls.push({
    inLoop,
    caught,
    answered,
    inCatch,
    inTransaction,
    tryAt,
    letGo,
    call: index,
    use,
    awaited,
    function: place.function,
  });
  const name = site.callee.kind === "member" ? site.callee.name : calleeName(walker.facts, site);
  if (site.callee.kind === "member") visitReceiver(walker, index, site.callee, use, place, awaited);
  else walker.visit(site.callee, USED, place);
  if (MUTATORS.has(name) && site.callee.kind === "member") {
    const clears = name === "clear" || name === "delete";
    const consumes = /^(pop|shift|splice)$/.test(name);
    noteWrite(walker, site.callee.object, place, {
      call: index,
      source: -1,
      clears,
      consumes,
      counts: false,
      use: USED,
    });
  }
  for (const argument of site.args) {
    runCallbacks(walker, argument, { name, site, use, place, awaited });
    visitArgument(walker, argument, { index, site, name, use, place, awaited });
  }
}

interface Around {
  readonly index: number;
  readonly site: CallSiteFact;
  readonly name: string;
  readonly use: Use;
  readonly place: Place;
  readonly awaited: boolean;
}

function visitArgument(walker: Walker, argument: Expr, { index, site, name, use, place, awaited }: Around): void {
  const together = argumentUseOf(site, use);
  if (argument.kind === "array" && together) {
    argument.elements.forEach((element, order) => {
      walker.visit(element, together.kind === "bound" ? { ...together, element: order } : together, place, awaited);
    });
  } else if (argument.kind === "call" && use.kind === "discarded" && LETS_GO.test(name)) {
    const context = { ...place.context, caught: true, letGo: !awaited };
    walker.visit(argument, { kind: "passed", call: index, result: use }, { ...place, context }, awaited);
  } else {
    const passedOn = argument.kind === "call" ? together : null;
    // A value given to a pure helper goes where the helper's answer goes; whether it is pure is seen later.
    const isJudged = argument.kind !== "call" && /^(test|bound|thrown)$/.test(use.kind);
    const plain: Use = isJudged ? { kind: "passed", call: index, result: use } : USED;
    walker.visit(argument, passedOn ?? plain, place, passedOn !== null && awaited);
  }
}

/** `x.f().catch(…)` and `x.f().then(…)`: the inner call's value goes where the chain's goes. */
function visitReceiver(
  walker: Walker,
  call: number,
  callee: Extract<Expr, { kind: "member" }>,
  use: Use,
  place: Place,
  awaited: boolean,
): void {
  const site = walker.facts.calls[call];
  if (!site) return;
  const isChain =
    callee.name === "catch" || callee.name === "finally" || (callee.name === "then" && !takesValue(walker, site));
  if (!isChain || callee.object.kind !== "call") {
    noteMember(walker, callee, place);
    const isJudged = use.kind === "test" || use.kind === "bound";
    walker.visit(callee.object, isJudged ? { kind: "passed", call, result: use } : USED, place);
    return;
  }
  const handler = callee.name === "catch" ? promiseHandler(walker.facts, site) : null;
  const { context: around } = place;
  const context =
    handler && !handler.throws
      ? { ...around, caught: true, answered: around.answered || handler.reacts, letGo: !awaited }
      : around;
  walker.visit(callee.object, use, { ...place, context }, awaited);
}

function takesValue(walker: Walker, site: CallSiteFact): boolean {
  const callback = site.args[0];
  if (callback?.kind !== "function") return true;
  return (walker.facts.functions[callback.function]?.parameters.length ?? 0) > 0;
}

/** `Promise.all([a(), b()])`: the elements are used as the whole is. */
function argumentUseOf(site: CallSiteFact, use: Use): Use | null {
  const { callee } = site;
  if (callee.kind !== "member" || callee.object.kind !== "name") return null;
  const isPromise = callee.object.ref.kind === "global" && callee.object.ref.name === "Promise";
  return isPromise && /^(all|allSettled)$/.test(callee.name) ? use : null;
}
