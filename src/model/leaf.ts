import type { Verdict } from "./call.ts";
import type { Location } from "./location.ts";

/** A function of own code that writes, reads or refuses by itself, and that verdicts of calls rest on. */
export interface Leaf {
  /** `module:Symbol`, or `file:Symbol` for code of no module: what `leaves` in the configuration matches. */
  readonly id: string;
  readonly effect: "write" | "read" | "veto";
  /** What it writes or reads, or how it refuses. */
  readonly what: string;
  readonly location: Location;
  /** Cross-module calls for which it is the only evidence of that effect: overruling it changes what they rest on. */
  readonly calls: number;
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>;
}

export const LEAF_EFFECTS = ["write", "read", "publish", "none"] as const;
export type LeafEffect = (typeof LEAF_EFFECTS)[number];

/** What a person says that a function does, whatever its body looks like. */
export interface DeclaredLeaf {
  /** As a leaf's id. */
  readonly match: string;
  readonly effect: LeafEffect;
  /** Whether it may veto its caller; as its body says where this is left out. */
  readonly refuses?: boolean;
  readonly reason: string;
}
