import type { CallFacts } from "../model/index.ts";
import type { EffectEvidence, Summary } from "./summary.ts";

/** What the functions do that one call runs, taken together. */
export interface Work
  extends Pick<
    CallFacts,
    | "effect"
    | "canThrow"
    | "refusesFirst"
    | "failsTechnically"
    | "swallowsFailures"
    | "requestContext"
    | "publishes"
    | "writesOutside"
    | "writes"
    | "updates"
    | "reads"
    | "evidence"
  > {
  readonly writesLabels: ReadonlySet<string>;
}

const known = new WeakMap<Summary, Work>();

/** What can be told of a callee without a body. */
type Effects = Pick<Summary, "writes" | "reads">;

/** Most calls run one function, and many run the same: what that does is worked out once. */
export function workOf(summaries: readonly Summary[], shape: Effects): Work {
  const [only, ...others] = summaries;
  if (!only || others.length > 0) return combine(summaries, shape);
  let work = known.get(only);
  if (!work) {
    work = combine(summaries, shape);
    known.set(only, work);
  }
  return work;
}

function combine(summaries: readonly Summary[], shape: Effects): Work {
  const writes = mergeLabels([...summaries, shape], "writes");
  const reads = mergeLabels([...summaries, shape], "reads");
  const [write] = writes.values();
  const [read] = reads.values();
  const first = (side: "veto" | "request" | "declared" | "unseen") =>
    summaries.find((summary) => summary[side])?.[side] ?? undefined;
  const [veto, request, declared, unseen] = [first("veto"), first("request"), first("declared"), first("unseen")];
  const writers = summaries.filter((summary) => summary.writes.size > 0);
  const allWrites = [...writes.values()];
  return {
    effect: write ? "write" : read ? "read" : "none",
    canThrow: veto !== undefined,
    refusesFirst: summaries.some((summary) => summary.refusesFirst),
    failsTechnically: summaries.some((summary) => summary.technical !== null),
    swallowsFailures: writers.length > 0 && writers.every((summary) => summary.swallowsFailures),
    requestContext: request !== undefined,
    publishes: write !== undefined && allWrites.every((evidence) => evidence.publishes),
    writesOutside: write !== undefined && allWrites.every((evidence) => evidence.external),
    writes: [...writes.keys()].sort(),
    updates: [...new Set(summaries.flatMap((summary) => [...summary.updates]))].sort(),
    reads: [...reads.keys()].sort(),
    evidence: {
      ...(write && { write: plain(write) }),
      ...(read && { read: plain(read) }),
      ...(veto && { veto }),
      ...(request && { request }),
      ...(declared && { declared }),
      ...(unseen && { unseen }),
    },
    writesLabels: new Set(writes.keys()),
  };
}

function plain({ what, location, path }: EffectEvidence) {
  return { what, location, path };
}

function mergeLabels(all: readonly Effects[], side: "writes" | "reads"): Summary["writes"] {
  const [only, ...others] = all.filter((effects) => effects[side].size > 0);
  if (only && others.length === 0) return only[side];
  const merged = new Map<string, EffectEvidence>();
  for (const effects of all) {
    for (const [label, evidence] of effects[side]) if (!merged.has(label)) merged.set(label, evidence);
  }
  return merged;
}
