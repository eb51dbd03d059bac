import { defineEffects } from "../contract.ts";
import { httpEffect, isMethod } from "../http-verb.ts";

/** got and ky, and clients with their interface: a function with members named for the methods. */
export const gotEffects = defineEffects({
  name: "got",
  packages: ["got", "ky", "ky-universal", "needle", "wretch", "ofetch", "phin", "bent"],
  effectOf(call) {
    if (isMethod(call.member)) return httpEffect(call.member);
    if (/^(extend|create|defaults|mergeOptions|stop)$/.test(call.member)) return null;
    const isCalled = call.target.path.length === 0 || call.target.path[call.target.path.length - 1] === "()";
    return isCalled && call.chain.length <= 1 ? httpEffect(call.options.method, call.discarded) : null;
  },
});
