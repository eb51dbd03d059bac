import { baseReasons, defineRule, reason } from "../rule.ts";

/** A user interface has no transaction that an event could be recorded in: whatever it starts goes to a server. */
export const inUserInterface = defineRule({
  name: "in-user-interface",
  decide(call) {
    if (!call.facts.inInterface) return null;
    const where = reason("in-user-interface", "the caller is code of a user interface", call.location);
    return { verdict: "command", confidence: "low", reasons: [...baseReasons(call), where] };
  },
});
