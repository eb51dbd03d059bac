import { defineEffects } from "../contract.ts";

const READS =
  /^(get(Boolean|String|Number|Object)(Value|Details)|variation\w*|(bool|string|number|json)Variation\w*|allFlagsState|isEnabled|isFeatureEnabled|getVariant|getFeatureValue|evalFeature|isOn|isOff|getValueAsync|getValue|getAllFlags|getFeatureFlag|getEnvironmentFlags|getIdentityFlags|checkGate|getConfig|getExperiment)$/;

/** Feature flags: the answer comes from outside and may change, so asking is reading. */
export const featureFlagEffects = defineEffects({
  name: "feature-flags",
  packages: [
    "@openfeature/*",
    "launchdarkly-*",
    "@launchdarkly/*",
    "unleash-client",
    "nestjs-unleash",
    "flagsmith-nodejs",
    "@growthbook/*",
    "configcat-node",
    "@configcat/*",
    "statsig-node",
  ],
  effectOf: (call) => (READS.test(call.member) ? { effect: "read", label: "flags", external: true } : null),
});
