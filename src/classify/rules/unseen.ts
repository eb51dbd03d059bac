import { baseReasons, defineRule, reason } from "../rule.ts";

/** The callee's body is not there and nothing else tells what it does. */
export const unseen = defineRule({
  name: "unseen",
  decide(call) {
    const { facts } = call;
    if (facts.effectKnown || facts.effect !== "none" || facts.usedOnlyToRefuse) return null;
    // A refusal that is seen makes it a guard, unless it is asked for more than that.
    if (facts.canThrow && !facts.resultUsed) return null;
    const { unseen: open } = facts.evidence;
    const where = open ? `${open.what}, which ${open.path.at(-1)} calls,` : `${call.callee.symbol}`;
    const missing = reason(
      "effect-unknown",
      `no body of ${where} was found to look into`,
      open?.location ?? call.location,
    );
    return { verdict: "unknown", confidence: "low", reasons: [missing, ...baseReasons(call)] };
  },
});
