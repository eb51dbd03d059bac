import { defineEffects } from "../contract.ts";
import { httpEffect, isMethod } from "../http-verb.ts";

/** superagent: a chain that begins with the method. */
export const superagentEffects = defineEffects({
  name: "superagent",
  packages: ["superagent"],
  effectOf(call) {
    if (isMethod(call.member)) return httpEffect(call.member);
    return call.target.path.length === 0
      ? httpEffect(call.text === null || !isMethod(call.text) ? undefined : call.text)
      : null;
  },
});
