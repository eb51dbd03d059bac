import { SETS_UP, WIRES } from "../names.ts";
import { baseReasons, calleeName, defineRule, reason } from "../rule.ts";

/**
 * Wiring: a handler is registered, a client is set up. It leaves nothing that counts as a write, and is no calculation
 * either; what comes after relies on it.
 */
export const makesReady = defineRule({
  name: "makes-ready",
  decide(call) {
    const { facts } = call;
    const name = calleeName(call);
    if (facts.effect === "write" || facts.resultUsed || !(SETS_UP.test(name) || WIRES.test(name))) return null;
    const named = reason("prerequisite-name", `${name} is named for making something ready`, call.location);
    return { verdict: "command", confidence: "low", reasons: [named, ...baseReasons(call)] };
  },
});
