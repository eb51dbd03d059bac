import { CHECK, GETTER, VALIDATOR } from "../names.ts";
import { baseReasons, calleeName, defineRule, reason } from "../rule.ts";

/** It is there to say no: a check that throws, or a result that is only looked at to refuse. */
export const vetoes = defineRule({
  name: "vetoes",
  decide(call) {
    const { facts } = call;
    const name = calleeName(call);
    const isNamed = VALIDATOR.test(name) || GETTER.test(name) || /Or(Throw|Fail)$/.test(name);
    if (facts.effect !== "write" && facts.usedOnlyToRefuse) {
      // Comparing two values is a helper of whoever refuses, and refuses nothing by itself.
      if (facts.effect === "none" && facts.effectKnown && !facts.canThrow && !CHECK.test(name)) return null;
      return { verdict: "guard", confidence: isNamed ? "high" : "medium", reasons: baseReasons(call) };
    }
    if (facts.effect !== "write" && !facts.resultUsed && facts.canThrow && !facts.changesGiven) {
      return { verdict: "guard", confidence: isNamed ? "high" : "low", reasons: baseReasons(call) };
    }
    // Asking somebody outside is part of the check, whatever verb it takes.
    const asksOutside = facts.effect === "write" && facts.writes.every((label) => label === "http");
    if (asksOutside && !facts.resultUsed && facts.canThrow && VALIDATOR.test(name)) {
      const named = reason("validator-name", `${name} is named as a check`, call.location);
      return { verdict: "guard", confidence: "low", reasons: [named, ...baseReasons(call)] };
    }
    // A limit that counts its own tries: the veto is what the caller came for.
    if (facts.usedOnlyToRefuse && VALIDATOR.test(name)) {
      const named = reason("validator-name", `${name} is named as a check`, call.location);
      return { verdict: "guard", confidence: "low", reasons: [named, ...baseReasons(call)] };
    }
    return null;
  },
});
