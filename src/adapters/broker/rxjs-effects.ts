import { defineEffects } from "../contract.ts";

/** A subject is an in-process bus: whoever subscribed reacts to `next`. Given nothing, it is a signal and tells nothing. */
export const rxjsEffects = defineEffects({
  name: "rxjs",
  packages: ["rxjs"],
  effectOf(call) {
    if (call.member !== "next" || !/Subject$/.test(call.target.export)) return null;
    if (call.argumentNames.length === 0) return { effect: "write", label: "signal" };
    return { effect: "write", label: "bus", publishes: true };
  },
});
