import { defineEffects } from "../contract.ts";

/** Configuration: reading it is reading a constant. Only `set` changes something. */
export const configEffects = defineEffects({
  name: "configuration",
  packages: [
    "@nestjs/config",
    "config",
    "dotenv",
    "convict",
    "nconf",
    "env-var",
    "envalid",
    "@t3-oss/env-core",
    "rc",
    "cosmiconfig",
  ],
  effectOf(call) {
    return call.member === "set" && call.target.path.length > 0 ? { effect: "write", label: "configuration" } : null;
  },
});
