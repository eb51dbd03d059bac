import { defineEffects, type LibraryEffect } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

const READS = /^(get|all|iterate|each|values|pluck)$/;

/** SQLite in the process: better-sqlite3, libsql with its interface, Node's own, sqlite3 and its promise wrapper. */
export const sqliteEffects = defineEffects({
  name: "sqlite",
  packages: ["better-sqlite3", "libsql", "sqlite", "sqlite3", "bun:sqlite"],
  effectOf(call) {
    if (call.member === "run") return ran(sqlEffect(call, "write"));
    if (READS.test(call.member)) return sqlEffect(call, "read");
    // `prepare` only reads the text; what is prepared runs later.
    return call.member === "exec" || call.member === "query" ? sqlEffect(call) : null;
  },
});

/** `run` is there for statements that give no rows. */
function ran(found: LibraryEffect): LibraryEffect {
  return found.effect === "read" ? { ...found, effect: "write" } : found;
}
