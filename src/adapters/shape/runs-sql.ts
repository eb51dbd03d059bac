import type { LibraryCall, LibraryEffect } from "../contract.ts";
import { readSql } from "../sql/read-sql.ts";
import { sqlEffect } from "../sql-effect.ts";

const RUNS_SQL =
  /^(query|execute|raw|unsafe|run|all|get|each|exec|any|many|none|one|result|exists|stream|maybe|scalar|prepare|sql)/i;

/** SQL handed to something that is named for running it, whatever the client. */
export function runsSql(call: LibraryCall): LibraryEffect | null {
  const isRun = RUNS_SQL.test(call.member) || RUNS_SQL.test(call.target.export);
  // One word is a command of something else: `cache.get("select")`.
  if (!isRun || call.text === null || !/\S\s+\S/.test(call.text)) return null;
  const sql = readSql(call.text, call.holes);
  return sql && sql.effect !== "none" ? sqlEffect(call) : null;
}
