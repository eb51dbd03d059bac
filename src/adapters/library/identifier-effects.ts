import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** New identifiers: from chance and the clock, remembered nowhere. */
export const identifierEffects = defineEffects({
  name: "identifiers",
  packages: [
    "uuid",
    "nanoid",
    "ulid",
    "ulidx",
    "cuid",
    "@paralleldrive/cuid2",
    "ksuid",
    "short-uuid",
    "shortid",
    "hashids",
    "sqids",
    "bson-objectid",
    "typeid-js",
  ],
  effectOf: none,
});
