import type { ChainStep, LibraryCall, LibraryEffect } from "./contract.ts";
import { tableName } from "./entity-names.ts";
import { readSql } from "./sql/read-sql.ts";

/**
 * What the SQL does that a call is given. Where the text cannot be seen, a call whose answer nobody wants is there to
 * change something, and a member that is named for the rows it gives reads them (`unseen`: "read"); of any other, it
 * is said that it could not be seen.
 */
export function sqlEffect(call: LibraryCall, unseen?: "read" | "write"): LibraryEffect {
  const given = call.text === null ? stepWithSql(call.chain) : call;
  const sql = given?.text ? readSql(given.text, given.holes) : null;
  if (sql && (sql.effect === "write" || sql.complete)) {
    if (sql.effect === "none") return { effect: "none", label: "" };
    const [label = "sql", ...others] = (sql.effect === "write" ? sql.writes : sql.reads).map(tableName).filter(Boolean);
    const writes = others.map((name) => ({ effect: sql.effect as "write" | "read", label: name }));
    const reads = sql.effect === "write" ? sql.reads.filter((name) => !sql.writes.includes(name)) : [];
    return {
      effect: sql.effect,
      label,
      adds: sql.adds,
      ...(sql.publishes && { publishes: true }),
      also: [...writes, ...reads.filter(Boolean).map((name) => ({ effect: "read" as const, label: tableName(name) }))],
    };
  }
  if (unseen === "write" || (call.discarded && unseen !== "read")) return { effect: "write", label: "sql" };
  if (unseen === "read" && !sql) return { effect: "read", label: "sql" };
  return { effect: "none", label: "", unseen: "the SQL is put together elsewhere" };
}

/** `prepare("insert …").run(…)`, sql`…`.execute(db)`: the text was given a step before. */
function stepWithSql(chain: readonly ChainStep[]): ChainStep | undefined {
  return chain.findLast((step) => step.text !== null && readSql(step.text, step.holes) !== null);
}
