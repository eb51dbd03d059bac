import { defineEffects } from "../contract.ts";
import { httpEffect } from "../http-verb.ts";

/** `fetch`, the global one and its forerunners; undici's other functions take their method the same way. */
export const fetchEffects = defineEffects({
  name: "fetch",
  packages: [
    "node-fetch",
    "cross-fetch",
    "isomorphic-fetch",
    "isomorphic-unfetch",
    "make-fetch-happen",
    "node-fetch-native",
    "undici",
  ],
  globals: ["fetch"],
  effectOf(call) {
    const isCalled = call.target.path.length === 0 && call.chain.length <= 1;
    const isRequest =
      /^(fetch|request|stream|pipeline|default)$/.test(call.member) || (isCalled && /fetch/i.test(call.member));
    return isRequest ? httpEffect(call.options.method, call.discarded) : null;
  },
});
