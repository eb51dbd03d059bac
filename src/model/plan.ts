import type { Verdict } from "./call.ts";

/** A call that is not cut, the reason, and what would change that. */
export interface Blocked {
  readonly call: string;
  readonly code: BlockedCode;
  readonly message: string;
  /** What would unblock it, as something the user can do. */
  readonly remedy: string;
}

export const BLOCKED_CODES = [
  "verdict-not-event",
  "low-confidence",
  "sibling-call-still-direct",
  "shares-transaction",
  "request-context",
  "argument-not-serializable",
  "callee-not-enlistable",
  "writes-hidden",
  "no-transaction-handle",
  "caught-with-emit",
  "not-a-statement",
  "caller-not-async",
  "argument-not-repeatable",
  "second-call-in-function",
  "event-exists",
  "not-injected",
] as const;
export type BlockedCode = (typeof BLOCKED_CODES)[number];

/** Reasons that are a matter of judgement: a team may go on in spite of them. The others say what cannot be done. */
export const ACCEPTABLE_CODES = [
  "low-confidence",
  "sibling-call-still-direct",
  "request-context",
] as const satisfies readonly BlockedCode[];
export type AcceptableCode = (typeof ACCEPTABLE_CODES)[number];

/** One edge in the order in which it pays to cut it. */
export interface MigrationStep {
  readonly from: string;
  readonly to: string;
  /** Call ids that can go now, in one cut. */
  readonly cut: readonly string[];
  /** Calls of the edge that stay for now, by verdict. */
  readonly left: Readonly<Partial<Record<Verdict, number>>>;
  /** Lower is cheaper: what the order is by, shown so that it can be argued with. */
  readonly cost: number;
  /** Plain words: what the producer no longer depends on afterwards. */
  readonly frees: string;
}

export interface MigrationPlan {
  readonly steps: readonly MigrationStep[];
  readonly blocked: readonly Blocked[];
  /** Groups of modules that call each other in a ring, each sorted. */
  readonly cycles: readonly (readonly string[])[];
}
