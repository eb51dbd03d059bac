import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

const QUERIES = /^(query|any|anyFirst|many|manyFirst|maybeOne|maybeOneFirst|one|oneFirst|exists|stream)$/;

/** Slonik takes SQL as a template; its members are named for the number of rows. */
export const slonikEffects = defineEffects({
  name: "slonik",
  packages: ["slonik", "@slonik/*", "@silverhand/slonik"],
  effectOf(call) {
    if (!QUERIES.test(call.member)) return null;
    return sqlEffect(call, call.member !== "query" && !call.discarded ? "read" : undefined);
  },
});
