import { GETTER } from "../names.ts";
import { baseReasons, calleeName, defineRule } from "../rule.ts";

/** It changes something and the caller looks at what came out. */
export const usesOutcome = defineRule({
  name: "uses-outcome",
  decide(call) {
    const { facts } = call;
    if (!facts.resultUsed) return null;
    // A reader that fills a cache, under a lock or not, or counts the asking, is asked for its value all the same.
    const isDeep = (facts.evidence.write?.path.length ?? 0) > 3;
    const isReadThrough =
      (GETTER.test(calleeName(call)) || isDeep) &&
      facts.writes.some((label) => label !== "lock") &&
      facts.writes.every((label) => /^(cache|lock|state:.*)$/.test(label)) &&
      facts.reads.length > 0;
    if (isReadThrough) return { verdict: "query", confidence: "low", reasons: baseReasons(call) };
    return { verdict: "command", confidence: "high", reasons: baseReasons(call) };
  },
});
