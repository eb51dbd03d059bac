import { baseReasons, defineRule } from "../rule.ts";

/** It reads. A reader whose answer nobody looks at is a probe: it is there to fail when something is missing. */
export const readsOnly = defineRule({
  name: "reads-only",
  decide(call) {
    if (call.facts.effect !== "read") return null;
    if (!call.facts.resultUsed) return { verdict: "guard", confidence: "low", reasons: baseReasons(call) };
    return { verdict: "query", confidence: call.facts.effectKnown ? "high" : "medium", reasons: baseReasons(call) };
  },
});
