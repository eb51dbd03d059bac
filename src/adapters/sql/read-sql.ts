import type { Effect } from "../../model/index.ts";
import { readChanges } from "./changes.ts";
import { readLocks } from "./locks.ts";
import { isSign, type Statement, statementsOf, word } from "./statement.ts";
import { readTables } from "./tables.ts";
import { tokenize } from "./tokens.ts";

/** What a piece of SQL does. Names are as written, without schema and quotes; "" where the program puts one in. */
export interface SqlFacts {
  readonly effect: Effect;
  /** Tables and the like that it changes or locks. */
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  /** It only adds rows: nothing that is there is changed. */
  readonly adds: boolean;
  /** It tells listeners of the database: `NOTIFY`. */
  readonly publishes: boolean;
  /** False where a whole statement is put in by the program: `with old as (${query}) select …`. */
  readonly complete: boolean;
}

const VERBS =
  /^(select|insert|update|delete|with|merge|replace|truncate|alter|create|drop|copy|lock|call|do|exec|execute|set|reset|notify|listen|unlisten|vacuum|analyze|refresh|grant|revoke|begin|start|commit|rollback|savepoint|release|explain|show|values|use|pragma|optimize|declare|fetch|close|discard|comment|rename|load|reindex|abort|end)$/;

/**
 * Reads the verbs and tables of SQL; null where the text is none. It is no parser: it looks at words in their order,
 * wherever they stand (a `WITH` may hide an insert), and in doubt a statement is a change.
 *
 * @param holes names of what is put in at each `${}`, "" where there is none: `update ${orders}` changes the table that
 *   the name stands for
 */
export function readSql(text: string, holes: readonly string[] = []): SqlFacts | null {
  const statements = statementsOf(tokenize(text, holes));
  const known = statements.filter(isStatement);
  if (known.length === 0) return null;
  const parts = known.map(readStatement);
  const writes = unique(parts.flatMap((part) => part.writes));
  const reads = unique(parts.flatMap((part) => part.reads));
  const changes = parts.some((part) => part.effect === "write");
  return {
    effect: changes ? "write" : parts.some((part) => part.effect === "read") ? "read" : "none",
    writes,
    reads,
    adds: changes && parts.every((part) => part.effect !== "write" || part.adds),
    publishes: parts.some((part) => part.publishes),
    complete: known.length === statements.length && parts.every((part) => part.complete),
  };
}

function isStatement(statement: Statement): boolean {
  const verb = firstWord(statement);
  // "update the order" is English.
  if (verb === "update")
    return statement.tokens.some((token, at) => token.kind === "hole" || word(statement.tokens, at) === "set");
  return VERBS.test(verb);
}

function firstWord({ tokens }: Statement): string {
  let at = 0;
  while (isSign(tokens, at, "(")) at++;
  return word(tokens, at);
}

/** Statements about the session or the transaction: they change no data. */
const SESSION =
  /^(set|reset|begin|start|commit|rollback|savepoint|release|use|pragma|listen|unlisten|declare|close|discard|vacuum|analyze|optimize|values|abort|end|comment|reindex)$/;

function readStatement(statement: Statement): SqlFacts {
  const verb = firstWord(statement);
  const complete = !hidesStatement(statement);
  const nothing: SqlFacts = { effect: "none", writes: [], reads: [], adds: false, publishes: false, complete };
  if (SESSION.test(verb)) return nothing;
  const { tokens } = statement;
  if (verb === "show") return { ...nothing, effect: "read" };
  if (verb === "explain" && !tokens.some((_, at) => word(tokens, at) === "analyze")) {
    return { ...nothing, effect: "read", reads: readTables(statement) };
  }
  const changes = readChanges(statement);
  const locks = readLocks(statement);
  const reads = readTables(statement);
  const publishes = verb === "notify" || tokens.some((_, at) => word(tokens, at) === "pg_notify");
  if (publishes) return { ...nothing, effect: "write", writes: ["notify"], reads, adds: true, publishes };
  if (changes.length > 0) {
    const adds = changes.every((change) => change.adds) && locks === null;
    return { ...nothing, effect: "write", writes: changes.map((change) => change.table), reads, adds };
  }
  if (locks !== null) return { ...nothing, effect: "write", writes: locks.length > 0 ? locks : reads, reads };
  const isQuestion = /^(select|with|explain|copy|fetch)$/.test(verb);
  return isQuestion ? { ...nothing, effect: "read", reads } : { ...nothing, effect: "write" };
}

/** `as (${query})`, or a hole where a verb should stand: what it does cannot be seen. */
function hidesStatement({ tokens }: Statement): boolean {
  return tokens.some((token, at) => {
    if (token.kind !== "hole" || !isSign(tokens, at - 1, "(") || !isSign(tokens, at + 1, ")")) return false;
    const before = word(tokens, at - 2);
    return before === "as" || before === "materialized" || before === "explain";
  });
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
