import { baseReasons, defineRule } from "../rule.ts";

/** It writes and nothing says that the caller could do without: the careful answer. */
export const writesForCaller = defineRule({
  name: "writes-for-caller",
  decide(call) {
    return { verdict: "command", confidence: "low", reasons: baseReasons(call) };
  },
});
