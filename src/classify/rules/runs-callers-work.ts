import { baseReasons, defineRule, reason } from "../rule.ts";

/** A frame around what the caller does by itself, as a transaction is: it cannot come later. */
export const runsCallersWork = defineRule({
  name: "runs-callers-work",
  decide(call) {
    if (!call.facts.runsCallersWork) return null;
    const frame = reason("runs-callers-work", "it runs a function of the caller that writes", call.location);
    return { verdict: "command", confidence: "high", reasons: [...baseReasons(call), frame] };
  },
});
