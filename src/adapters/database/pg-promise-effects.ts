import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

const READS = /^(any|many|manyOrNone|one|oneOrNone|each|map|stream)$/;
const RUNS = /^(query|none|result|multi|multiResult)$/;
const CALLS = /^(func|proc)$/;

/** pg-promise: members are named for the number of rows; `none` expects none, so it changes something. */
export const pgPromiseEffects = defineEffects({
  name: "pg-promise",
  packages: ["pg-promise"],
  effectOf(call) {
    // What a function of the database does cannot be seen.
    if (CALLS.test(call.member)) return { effect: "write", label: call.text ?? "sql" };
    if (READS.test(call.member)) return sqlEffect(call, call.discarded ? undefined : "read");
    return RUNS.test(call.member) ? sqlEffect(call, call.member === "none" ? "write" : undefined) : null;
  },
});
