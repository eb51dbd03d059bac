import { defineEffects } from "../contract.ts";

/** Functions that throw when something does not hold. */
export const assertionEffects = defineEffects({
  name: "assertions",
  packages: ["assert", "invariant", "tiny-invariant", "ts-invariant"],
  effectOf: () => ({ effect: "none", label: "", refuses: true }),
});
