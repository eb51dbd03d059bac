import type { FunctionFact } from "../model/index.ts";

/** Whether a function is known to give a promise: it is async, or is declared to. */
export function givesPromise(fn: FunctionFact | undefined): boolean {
  const returns = fn?.returns;
  const isPromise = returns?.kind === "ref" && returns.ref.kind === "global" && returns.ref.name === "Promise";
  return fn?.async === true || isPromise;
}
