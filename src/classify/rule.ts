import type { Confidence, CrossModuleCall, Location, Reason, ReasonCode, Verdict } from "../model/index.ts";

/** What a rule concludes; null leaves the call to the next rule. */
export interface Decision {
  readonly verdict: Verdict;
  readonly confidence: Confidence;
  readonly reasons: readonly Reason[];
}

/** One question about the facts of a call. Rules are asked in order; the first that answers decides. */
export interface Rule {
  readonly name: string;
  decide(call: CrossModuleCall): Decision | null;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}

export function reason(code: ReasonCode, message: string, location: Location): Reason {
  return { code, message, location };
}

/** Last part of the callee's symbol: `NotificationsService.orderPlaced` → `orderPlaced`. */
export function calleeName(call: CrossModuleCall): string {
  return call.callee.symbol.slice(call.callee.symbol.lastIndexOf(".") + 1);
}

/** Reasons that every verdict rests on: use of the result, effect with its leaf, ability to refuse. */
export function baseReasons(call: CrossModuleCall): Reason[] {
  const { facts, location } = call;
  const { write, read, veto } = facts.evidence;
  const reasons: Reason[] = [];
  if (facts.usedOnlyToRefuse)
    reasons.push(reason("used-only-to-refuse", "the result only decides whether to refuse", location));
  else if (facts.resultUsed) reasons.push(reason("result-used", "the result is used", location));
  else reasons.push(reason("result-unused", "the result is not used", location));
  if (facts.effect === "write" && write) {
    reasons.push(reason("callee-writes", `it writes: ${labels(facts.writes)}`, write.location));
  } else if (facts.effect === "read" && read) {
    reasons.push(reason("callee-reads", `it reads: ${labels(facts.reads)}`, read.location));
  } else if (facts.effectKnown) {
    reasons.push(reason("callee-has-no-effect", "it neither writes nor reads anything", location));
  } else {
    reasons.push(reason("effect-unknown", "its body cannot be seen from here", location));
  }
  if (veto) reasons.push(reason("callee-can-refuse", "it can refuse on purpose", veto.location));
  else reasons.push(reason("callee-never-refuses", "it never refuses on purpose", location));
  return reasons;
}

function labels(names: readonly string[]): string {
  const known = names.filter((name) => name !== "");
  if (known.length === 0) return "something";
  return known.length > 4 ? `${known.slice(0, 4).join(", ")} and ${known.length - 4} more` : known.join(", ");
}
