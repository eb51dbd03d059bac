import { baseReasons, defineRule } from "../rule.ts";

/** Nothing is read or written: the same arguments give the same answer. */
export const computesOnly = defineRule({
  name: "computes-only",
  decide(call) {
    if (call.facts.effect !== "none") return null;
    const confidence = call.facts.resultUsed && call.facts.effectKnown ? "high" : "low";
    return { verdict: "pure", confidence, reasons: baseReasons(call) };
  },
});
