import { defineEffects } from "../contract.ts";

const TELLS =
  /^(track|identify|group|alias|page|screen|capture|logEvent|revenue|increment|people|set|setOnce|append|union|track_charge|import|trackBatch|captureImmediate|groupIdentify|register)$/;

/** Product analytics: told what somebody did, for others to look at later. */
export const analyticsEffects = defineEffects({
  name: "analytics",
  packages: [
    "@segment/*",
    "analytics-node",
    "mixpanel",
    "posthog-node",
    "@amplitude/*",
    "@rudderstack/*",
    "customerio-node",
    "@customerio/*",
  ],
  effectOf(call) {
    if (!TELLS.test(call.member) || call.target.path.length === 0) return null;
    return { effect: "write", label: "analytics", publishes: true, external: true };
  },
});
