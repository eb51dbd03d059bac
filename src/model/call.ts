import type { Location } from "./location.ts";

export const VERDICTS = ["event", "command", "query", "guard", "pure", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Confidence = "high" | "medium" | "low";

/**
 * How the caller reaches the callee. `dynamic`: by a computed name, by `import()`, or as a member of what an untyped call
 * made of an object of functions, which is taken to have them still.
 */
export type Via = "import" | "injection" | "interface" | "token" | "namespace" | "callback" | "dynamic";

/** What calling changes: `write` (database, queue, cache, mail, state that outlives the call), `read`, or nothing. */
export type Effect = "write" | "read" | "none";

/** How a call can go; which of them are open follows from the verdict. */
export type Strategy = "event" | "adopt" | "projection" | "command" | "port" | "move" | "keep";

export interface SymbolRef {
  /** `Class.method`, `function` or `Class.property`. */
  readonly symbol: string;
  readonly file: string;
}

export interface ArgumentFact {
  readonly name: string;
  /** Written or inferred type, for people. */
  readonly type: string;
  readonly serializable: boolean;
}

/** One leaf that made a callee a writer, reader or thrower, with the functions on the way to it. */
export interface Evidence {
  readonly what: string;
  readonly location: Location;
  /** Symbols from the callee (first) to the function that holds the leaf (last). */
  readonly path: readonly string[];
}

/** What the analysis observed of one call. */
export interface CallFacts {
  readonly resultUsed: boolean;
  /** The value is used, and every use of it only decides whether to refuse. */
  readonly usedOnlyToRefuse: boolean;
  readonly awaited: boolean;
  /** Not waiting would be a choice: the caller is async, or lets the call go on purpose (`void`, `.catch(…)`). */
  readonly couldWait: boolean;
  readonly effect: Effect;
  /** False where the callee's body, or a part of it, could not be seen. */
  readonly effectKnown: boolean;
  /** The callee deliberately throws or rejects to veto the caller. */
  readonly canThrow: boolean;
  /** Where it may refuse: it does so before it has changed anything. */
  readonly refusesFirst: boolean;
  /** It passes a technical failure on, by a throw in a catch. That is no veto. */
  readonly failsTechnically: boolean;
  /** Every failure of what the callee changes ends in a catch of its own code. */
  readonly swallowsFailures: boolean;
  /** An async callee is neither waited for nor given a handler: its failure is an unhandled rejection. */
  readonly leftAlone: boolean;
  /** The callee changes what it is given or called on: an object's field, no memory that outlives it. */
  readonly changesGiven: boolean;
  /** A catch around the call swallows its failure. */
  readonly caught: boolean;
  readonly inTransaction: boolean;
  /** The caller's own transaction handle is an argument of the call. */
  readonly handlePassed: boolean;
  readonly inLoop: boolean;
  readonly readAfterWrite: boolean;
  /** The caller writes by itself (or through others) before the call, in the same function. */
  readonly afterOwnWrite: boolean;
  readonly beforeOwnWrite: boolean;
  /** The caller's own module has deleted something before the call, in the same function. */
  readonly afterOwnDelete: boolean;
  /** The caller's own module writes in the same function: the call is not all that the function does. */
  readonly besideOwnWrite: boolean;
  /** The caller's own module writes after the call, in the same function. */
  readonly ownWriteFollows: boolean;
  /** It is handed a function of the caller's that writes: a frame around the caller's own work. */
  readonly runsCallersWork: boolean;
  /** The caller is registered to react to an event inside the process: nobody waits for what it does. */
  readonly inListener: boolean;
  /** The caller is code of a user interface. */
  readonly inInterface: boolean;
  readonly requestContext: boolean;
  /** Everything written is handed to a queue, bus or emitter: somebody reacts later anyway. */
  readonly publishes: boolean;
  /** Everything written is outside the database: mail, HTTP, cache, file, queue. */
  readonly writesOutside: boolean;
  readonly writes: readonly string[];
  /** Those of `writes` that may change or remove what is there; the others only add. */
  readonly updates: readonly string[];
  readonly reads: readonly string[];
  readonly arguments: readonly ArgumentFact[];
  readonly evidence: {
    readonly write?: Evidence;
    readonly read?: Evidence;
    readonly veto?: Evidence;
    /** Where it reaches for the request that is being served. */
    readonly request?: Evidence;
    /** A function on the way of which the configuration says what it does; `what` is the written reason. */
    readonly declared?: Evidence;
    /** The call that could not be followed, where not all of the callee could be seen. */
    readonly unseen?: Evidence;
  };
}

/** A call expression in module `from` whose callee is declared in module `to`. */
export interface CrossModuleCall {
  /** `from:Caller.symbol->to:Callee.symbol`, `#2` for the second such call of that function. No line, no path. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly caller: SymbolRef;
  readonly callee: SymbolRef;
  /** The callee's name token. */
  readonly location: Location;
  readonly via: Via;
  readonly facts: CallFacts;
}

export interface Reason {
  readonly code: ReasonCode;
  readonly message: string;
  readonly location: Location;
}

export const REASON_CODES = [
  "result-unused",
  "result-used",
  "used-only-to-refuse",
  "callee-writes",
  "callee-reads",
  "callee-has-no-effect",
  "callee-can-refuse",
  "callee-never-refuses",
  "failure-swallowed",
  "not-awaited",
  "in-listener",
  "read-after-write",
  "write-follows",
  "shares-transaction",
  "runs-callers-work",
  "publishes",
  "only-adds",
  "cleans-up",
  "prerequisite-name",
  "validator-name",
  "swallows-failures",
  "published-before-commit",
  "published-without-outbox",
  "publish-failure-swallowed",
  "unhandled-rejection",
  "leaf-declared",
  "effect-unknown",
  "in-loop",
  "in-transaction",
  "request-context",
  "in-user-interface",
  "override",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface ClassifiedCall extends CrossModuleCall {
  readonly verdict: Verdict;
  readonly confidence: Confidence;
  readonly strategies: readonly Strategy[];
  readonly reasons: readonly Reason[];
}

/** A call whose name is declared in some module, and whose receiver could not be told. */
export interface UnresolvedCall {
  /** `module:Caller.symbol->?:text`, same rules as a call's id. */
  readonly id: string;
  readonly location: Location;
  readonly text: string;
  readonly reason: UnresolvedReason;
}

export const UNRESOLVED_REASONS = [
  "receiver-any",
  "receiver-unknown",
  "receiver-external",
  "type-parameter",
  "no-such-member",
  "computed-name",
  "import-not-found",
] as const;
export type UnresolvedReason = (typeof UNRESOLVED_REASONS)[number];
