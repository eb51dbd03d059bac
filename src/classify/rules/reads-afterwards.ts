import { baseReasons, defineRule, reason } from "../rule.ts";

/** What follows reads what it wrote. */
export const readsAfterwards = defineRule({
  name: "reads-afterwards",
  decide(call) {
    const { facts } = call;
    // Where nobody hears of a failure, what follows cannot rely on it.
    if (!facts.readAfterWrite || facts.caught || facts.swallowsFailures || !facts.awaited) return null;
    const read = reason("read-after-write", "what follows reads what it writes", call.location);
    return { verdict: "command", confidence: "medium", reasons: [...baseReasons(call), read] };
  },
});
