import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

/** The client of libSQL and Turso: statements as text, as `{ sql, args }`, or several in a batch. */
export const libsqlEffects = defineEffects({
  name: "libsql",
  packages: ["@libsql/client", "@tursodatabase/*"],
  effectOf(call) {
    // The mode of a batch says whether it changes anything, and its default is to.
    if (call.member === "batch") return { effect: call.text === "read" ? "read" : "write", label: "sql" };
    if (call.member === "migrate" || call.member === "sync") return { effect: "write", label: "sql" };
    return /^(execute|executeMultiple)$/.test(call.member) ? sqlEffect(call) : null;
  },
});
