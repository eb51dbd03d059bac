/** What becomes of a value. */
export type Use =
  | { readonly kind: "discarded" }
  | { readonly kind: "used" }
  | { readonly kind: "returned" }
  /** Bound to a variable; `element` is its place in a destructured array. */
  | { readonly kind: "bound"; readonly variable: number; readonly element?: number }
  /** Only decides which way the code goes; `refuses` when one way gives up with an error. */
  | { readonly kind: "test"; readonly refuses: boolean }
  /** Said in the error that is thrown. */
  | { readonly kind: "thrown" }
  /** Given to a call whose own result is used as `result`. */
  | { readonly kind: "passed"; readonly call: number; readonly result: Use };

/** How a piece of code runs. */
export interface Context {
  readonly inLoop: boolean;
  /** A failure ends in a catch that neither throws nor answers with anything. */
  readonly caught: boolean;
  /** A failure ends in a catch that answers with a value, or repairs something: the caller does depend on it. */
  readonly answered: boolean;
  readonly inCatch: boolean;
  readonly inTransaction: boolean;
  /** Offset of the innermost `try` with a handler whose block it is in, or -1. */
  readonly tryAt: number;
  /** Let go on purpose: `void send()`, `send().catch(…)`. */
  readonly letGo: boolean;
}

export interface CallVisit extends Context {
  readonly call: number;
  readonly use: Use;
  readonly awaited: boolean;
  /** Function whose body holds the call, -1 for the module body. */
  readonly function: number;
}

export interface ThrowVisit extends Context {
  readonly at: number;
  readonly function: number;
}

/** Reading or writing `this.x` or a variable of the module. */
export interface StateVisit {
  readonly function: number;
  readonly class: number;
  readonly name: string;
  readonly at: number;
  readonly write: boolean;
  /** The call that changes it (`this.seen.add(id)`), where that might be a method of own code; -1 for none. */
  readonly call: number;
  /** The call whose answer is assigned, or -1. */
  readonly source: number;
  /** Writing nothing: `= null`, `= undefined`, `.clear()`. A memo is emptied that way. */
  readonly clears: boolean;
  /** Taking out or counting up: what follows depends on how often it was done. */
  readonly consumes: boolean;
  /** Counting up by one: `this.next++`. */
  readonly counts: boolean;
  /** What becomes of what was read, or counted. */
  readonly use: Use;
}

export interface FileWalk {
  readonly calls: readonly CallVisit[];
  readonly throws: readonly ThrowVisit[];
  readonly states: readonly StateVisit[];
  readonly uses: ReadonlyMap<number, readonly Use[]>;
  /** Functions that run as part of another: callbacks given to a call. By index: the function they run in. */
  readonly runsIn: ReadonlyMap<number, number>;
  /** Parameters that hold a transaction: first parameter of a transaction's callback. */
  readonly handles: ReadonlySet<number>;
  /** Functions that change what they were given or called on: `this.total = …`, `order.total = …`. */
  readonly changing: ReadonlySet<number>;
}
