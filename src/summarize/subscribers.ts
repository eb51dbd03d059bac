import type { CallSiteFact, Expr, FileFacts, VariableFact } from "../model/index.ts";
import { nameOf } from "./name-of.ts";
import { rootOf } from "./state.ts";
import { ITERATORS } from "./walk/method-names.ts";
import type { CallVisit, FileWalk } from "./walk/visits.ts";

/**
 * Whether a call runs each of the functions that others have left in a collection which outlives the caller, and lets
 * them go their way: that is publishing, on a bus of own making.
 */
export function tellsSubscribers(facts: FileFacts, walk: FileWalk, visit: CallVisit, site: CallSiteFact): boolean {
  const isLeftAlone = (visit.caught && !visit.answered) || (!visit.awaited && visit.use.kind === "discarded");
  if (!isLeftAlone && !isScheduled(facts, visit.function)) return false;
  const root = facts.functions[rootOf(walk, visit.function)];
  if (!root) return false;
  const held = site.callee.kind === "member" ? site.callee.object : site.callee;
  return isOneOfMany(facts, held, (at) => at < root.at || at > root.end);
}

const SCHEDULES = /^(setImmediate|setTimeout|queueMicrotask|nextTick)$/;

/** Whether code runs in a later turn of the event loop, where nobody hears of its failure. */
function isScheduled(facts: FileFacts, index: number): boolean {
  const fn = facts.functions[index];
  if (!fn) return false;
  const call = fn.context?.kind === "argument" ? facts.calls[fn.context.call] : undefined;
  return (call !== undefined && SCHEDULES.test(nameOf(facts, call.callee))) || isScheduled(facts, fn.parent);
}

/** Follows a value back to where it is taken out of: an iteration over something that was there before. */
function isOneOfMany(facts: FileFacts, value: Expr, isOutside: (at: number) => boolean): boolean {
  let current: Expr | undefined = value;
  let isIterated = false;
  for (let steps = 0; current && steps < 12; steps++) {
    switch (current.kind) {
      case "this":
        return isIterated;
      case "name": {
        const variable: VariableFact | undefined =
          current.ref.kind === "variable" ? facts.variables[current.ref.index] : undefined;
        if (!variable) return false;
        if (isIterated && !variable.parameter && isOutside(variable.at)) return true;
        const collection: Expr | undefined = variable.parameter ? iterated(facts, variable.parameter) : undefined;
        isIterated ||= collection !== undefined;
        current = collection ?? variable.init;
        break;
      }
      case "element":
        isIterated = true;
        current = current.of;
        break;
      case "member":
      case "index":
        current = current.object;
        break;
      case "call":
        current = facts.calls[current.call]?.callee;
        break;
      case "await":
      case "spread":
      case "as":
        current = current.value;
        break;
      case "logical":
        current = current.left;
        break;
      default:
        return false;
    }
  }
  return false;
}

/** What a parameter is an element of: `handlers.map((handler) => …)`. */
function iterated(
  facts: FileFacts,
  parameter: { readonly function: number; readonly index: number },
): Expr | undefined {
  const context = facts.functions[parameter.function]?.context;
  if (context?.kind !== "argument" || parameter.index !== 0) return undefined;
  const callee = facts.calls[context.call]?.callee;
  return callee?.kind === "member" && ITERATORS.has(callee.name) ? callee.object : undefined;
}
