import type { CallGraph, Evidence, FileFacts } from "../model/index.ts";
import type { ByFunction } from "./by-function.ts";
import type { Callers } from "./callers.ts";
import type { FileWalk } from "./walk/visits.ts";

/** What running a function does, own code followed to its leaves. Labels are entities or kinds of outside effect. */
export interface Summary {
  readonly writes: ReadonlyMap<string, EffectEvidence>;
  readonly reads: ReadonlyMap<string, EffectEvidence>;
  /** Labels of writes that may change or remove what is there; the other writes only add. */
  readonly updates: ReadonlySet<string>;
  readonly veto: Evidence | null;
  /** Passing on a technical failure: a throw in a catch. No veto, but a failure all the same. */
  readonly technical: Evidence | null;
  readonly refusesFirst: boolean;
  /** Every failure of what it changes ends in a catch of its own. */
  readonly swallowsFailures: boolean;
  readonly request: Evidence | null;
  /** A function on the way of which the configuration says what it does; `what` is the written reason. */
  readonly declared: Evidence | null;
  /** A call that has no body to look into; null where all was seen. */
  readonly unseen: Evidence | null;
}

export interface EffectEvidence extends Evidence {
  readonly publishes: boolean;
  readonly external: boolean;
}

export interface Analysis {
  readonly graph: CallGraph;
  readonly walks: ReadonlyMap<string, FileWalk>;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly callers: Callers;
  readonly summaries: ByFunction<Summary>;
}
