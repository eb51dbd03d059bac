import type { CallSiteFact, Expr } from "../../model/index.ts";
import { ITERATORS, REGISTERS, registersRoute, TRANSACTION_METHOD } from "./method-names.ts";
import type { Use } from "./visits.ts";
import { DISCARDED, type Place, type Walker } from "./walker.ts";

interface CallbackPlace {
  readonly site: CallSiteFact;
  readonly name: string;
  readonly use: Use;
  readonly place: Place;
  readonly awaited: boolean;
}

/** Functions given to a call, also inside an object literal, run as part of the caller. */
export function runCallbacks(walker: Walker, argument: Expr, at: CallbackPlace): void {
  if (argument.kind === "object") {
    for (const property of argument.properties) runCallbacks(walker, property.value, at);
    return;
  }
  if (argument.kind === "array") {
    for (const element of argument.elements) runCallbacks(walker, element, at);
    return;
  }
  if (argument.kind !== "function") return;
  const { context } = at.place;
  const isTransaction = TRANSACTION_METHOD.test(at.name);
  if (isTransaction) {
    const first = walker.facts.functions[argument.function]?.parameters[0];
    if (first !== undefined) walker.handles.add(first);
  }
  // A handler that is registered has not run: that is wiring, and no effect of who registers it.
  if (!REGISTERS.test(at.name) && !registersRoute(at.name, at.site))
    walker.runsIn.set(argument.function, at.place.function);
  walker.inherited.set(argument.function, {
    context: {
      ...context,
      inCatch: context.inCatch || at.name === "catch",
      inLoop: context.inLoop || ITERATORS.has(at.name),
      inTransaction: context.inTransaction || isTransaction,
    },
    use: callbackUse(at),
    awaited: at.awaited,
  });
}

/** What becomes of the value that a callback returns. */
function callbackUse(at: CallbackPlace): Use {
  if (/^(forEach|setTimeout|setInterval|setImmediate|nextTick|on|once|subscribe|finally)$/.test(at.name))
    return DISCARDED;
  if ((at.name === "map" || at.name === "then") && at.use.kind !== "used") return at.use;
  if (TRANSACTION_METHOD.test(at.name) && at.use.kind === "discarded") return DISCARDED;
  return { kind: "returned" };
}
