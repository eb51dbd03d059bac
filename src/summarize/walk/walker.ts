import type { Expr, FileFacts } from "../../model/index.ts";
import type { CallVisit, Context, StateVisit, ThrowVisit, Use } from "./visits.ts";

export const PLAIN: Context = {
  inLoop: false,
  caught: false,
  answered: false,
  inCatch: false,
  inTransaction: false,
  tryAt: -1,
  letGo: false,
};
export const USED: Use = { kind: "used" };
export const THROWN: Use = { kind: "thrown" };
export const DISCARDED: Use = { kind: "discarded" };

export interface Walker {
  readonly facts: FileFacts;
  readonly calls: CallVisit[];
  readonly throws: ThrowVisit[];
  readonly states: StateVisit[];
  readonly uses: Map<number, Use[]>;
  readonly runsIn: Map<number, number>;
  readonly handles: Set<number>;
  readonly changing: Set<number>;
  /** Contexts of functions that run where they stand. */
  readonly inherited: Map<number, { context: Context; use: Use; awaited: boolean }>;
  readonly topVariables: ReadonlySet<number>;
  /** Notes the calls and uses in an expression; here so that its parts need not import one another in a ring. */
  readonly visit: (value: Expr, use: Use, place: Place, awaited?: boolean) => void;
}

export interface Place {
  readonly function: number;
  /** Code follows that a `return` would skip. */
  readonly goesOn?: boolean;
  /** Code follows that a `continue` or `break` would skip. */
  readonly loopGoesOn?: boolean;
  readonly context: Context;
}

export function addUse(walker: Walker, variable: number, use: Use): void {
  const known = walker.uses.get(variable);
  if (known) known.push(use);
  else walker.uses.set(variable, [use]);
}
