import type { Effect, LibraryTarget } from "../model/index.ts";

/** What calling a library member does, and what it does it to: an entity, a table, `queue`, `cache`, `mail`, `http`. */
export interface LibraryEffect {
  readonly effect: Effect;
  readonly label: string;
  /** The call hands over to somebody who reacts later: a queue, an emitter, a bus. */
  readonly publishes?: boolean;
  /** The effect is outside the database, so no transaction takes it back. */
  readonly external?: boolean;
  /** It throws on purpose when something does not hold. */
  readonly refuses?: boolean;
  /** Whether it only adds to what is there; by the member's name where this is left out. */
  readonly adds?: boolean;
  /** What it touches besides: the tables that an `insert … select` reads. */
  readonly also?: readonly { readonly effect: "write" | "read"; readonly label: string }[];
  /** It looks at the request that is being answered. */
  readonly request?: boolean;
  /** What of it could not be seen: SQL that is put together elsewhere. */
  readonly unseen?: string;
}

/** One step of the chain of calls that a call stands at the end of. */
export interface ChainStep {
  /** Member, or the name of the function. */
  readonly name: string;
  readonly isCall: boolean;
  /** As `LibraryCall.argumentNames`. */
  readonly argumentNames: readonly string[];
  readonly text: string | null;
  readonly holes: readonly string[];
}

/** What can be seen of a call to a library. */
export interface LibraryCall {
  readonly target: LibraryTarget;
  /** Last member called; the export itself for a plain function. */
  readonly member: string;
  /** Name of what the member is called on: `orderModel` in `this.orderModel.create()`, the class for an inherited one. */
  readonly receiver: string;
  /** Names of identifiers and classes given as arguments, "" for anything else. */
  readonly argumentNames: readonly string[];
  /** The calls that the receiver came from, first to last, and the call itself: `getRepository(Order)`, `save(…)`. */
  readonly chain: readonly ChainStep[];
  /** Nothing more is called on its answer where it stands. */
  readonly isLast: boolean;
  /** A tagged template. */
  readonly isTag: boolean;
  /** Text of the first string or template argument: SQL, a queue or event name. `${}` stands for what is put in. */
  readonly text: string | null;
  /** Names of what is put into that text, "" where there is none. */
  readonly holes: readonly string[];
  /** All arguments that are text. */
  readonly texts: readonly string[];
  /** Nobody looks at what it gives. */
  readonly discarded: boolean;
  /**
   * Properties of object arguments, nested ones dotted: literals as text, the name of anything else that has one, "" for
   * the rest. `{ method: "POST", lock: { mode } }` → `{ method: "POST", "lock.mode": "mode" }`.
   */
  readonly options: Readonly<Record<string, string>>;
}

/** Knowledge of one library: which packages, and what its members do. Matching needs no installed dependency. */
export interface LibraryEffects {
  readonly name: string;
  /** Package names, subpaths included. A `*` stands for how several end, or for the folders before a generated client. */
  readonly packages: readonly string[];
  /** Exported names that tell the library wherever they come from: generated clients live in a folder of their own. */
  readonly exports?: readonly string[];
  /** Names that are there without an import: `fetch`, `console`. */
  readonly globals?: readonly string[];
  /** Null where this adapter says nothing of the member: then it has no effect. */
  effectOf(call: LibraryCall): LibraryEffect | null;
}

export function defineEffects(adapter: LibraryEffects): LibraryEffects {
  return adapter;
}

export const NO_EFFECT: LibraryEffect = { effect: "none", label: "" };
