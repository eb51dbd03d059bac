import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Helpers over lists, objects and functions. What they are given to run is read where it stands. */
export const collectionEffects = defineEffects({
  name: "collections",
  packages: [
    "lodash",
    "lodash-es",
    "lodash.*",
    "ramda",
    "underscore",
    "remeda",
    "radash",
    "es-toolkit",
    "fp-ts",
    "effect",
    "immer",
    "immutable",
    "rambda",
    "deepmerge",
    "fast-deep-equal",
    "fast-json-stable-stringify",
    "p-map",
    "p-limit",
    "p-queue",
    "p-retry",
    "async-retry",
    "ts-pattern",
    "neverthrow",
    "tslib",
  ],
  effectOf: none,
});
