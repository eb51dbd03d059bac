import { baseReasons, defineRule, reason } from "../rule.ts";

/** The caller hands over its transaction: all or nothing, on purpose. */
export const sharesTransaction = defineRule({
  name: "shares-transaction",
  decide(call) {
    if (!call.facts.handlePassed) return null;
    const shared = reason("shares-transaction", "it is given the caller's transaction", call.location);
    return { verdict: "command", confidence: "high", reasons: [...baseReasons(call), shared] };
  },
});
