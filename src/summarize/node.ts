import type { Evidence } from "../model/index.ts";
import type { EffectEvidence } from "./summary.ts";

/** A summary in the making. */
export interface Node {
  writes: ReadonlyMap<string, EffectEvidence>;
  reads: ReadonlyMap<string, EffectEvidence>;
  updates: ReadonlySet<string>;
  refusesFirst: boolean;
  swallowsFailures: boolean;
  veto: Evidence | null;
  technical: Evidence | null;
  request: Evidence | null;
  declared: Evidence | null;
  unseen: Evidence | null;
  readonly symbol: string;
  readonly edges: Edge[];
  readonly own: OwnEffect[];
}

export interface Edge {
  readonly to: Node;
  readonly canVeto: boolean;
  /** Offset of the call. */
  readonly at: number;
  /** Its failure ends in a catch of this function. */
  readonly caught: boolean;
  /** Only what it reads counts: the answer was fetched at start-up and is used now. */
  readonly readsOnly?: boolean;
}

/** A write or a refusal that stands in the function itself. */
export interface OwnEffect {
  readonly kind: "write" | "veto";
  readonly at: number;
  readonly caught: boolean;
}

/** Most functions neither write nor read: they share one empty collection until they do. */
const NONE: ReadonlyMap<string, EffectEvidence> = new Map();
const NO_LABELS: ReadonlySet<string> = new Set();

export function addEffect(node: Node, side: "writes" | "reads", label: string, evidence: EffectEvidence): void {
  if (node[side] === NONE) node[side] = new Map();
  (node[side] as Map<string, EffectEvidence>).set(label, evidence);
}

export function addUpdate(node: Node, label: string): void {
  if (node.updates === NO_LABELS) node.updates = new Set();
  (node.updates as Set<string>).add(label);
}

export function emptyNode(symbol: string): Node {
  return {
    writes: NONE,
    reads: NONE,
    updates: NO_LABELS,
    refusesFirst: false,
    swallowsFailures: false,
    veto: null,
    technical: null,
    request: null,
    declared: null,
    unseen: null,
    symbol,
    edges: [],
    own: [],
  };
}

/** Forgets what was found, edges included. */
export function clearEffects(node: Node): void {
  node.writes = NONE;
  node.reads = NONE;
  node.updates = NO_LABELS;
  node.edges.length = 0;
  node.own.length = 0;
}
