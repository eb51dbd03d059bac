import { isSign, nameAt, type Statement, word } from "./statement.ts";
import type { Token } from "./tokens.ts";

/** One verb of a statement that changes something. */
export interface Change {
  readonly table: string;
  /** It adds rows and changes none that are there. */
  readonly adds: boolean;
}

/** Every change that a statement makes, those in a `WITH` included. */
export function readChanges(statement: Statement): readonly Change[] {
  const { tokens, views } = statement;
  const changes: Change[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const change = changeAt(tokens, at);
    if (change && !(change.table !== "" && views.has(change.table.toLowerCase()))) changes.push(change);
  }
  return changes;
}

function changeAt(tokens: readonly Token[], at: number): Change | null {
  const found = word(tokens, at);
  const table = (from: number) => nameAt(tokens, from)?.name ?? "";
  // Not the column `t.update`, and no function: `replace(name, …)`.
  if (found === "" || isSign(tokens, at - 1, ".") || isSign(tokens, at + 1, "(")) return callAt(tokens, at);
  switch (found) {
    case "insert":
    case "replace": {
      const into = placeOf(tokens, "into", at, 4);
      if (into < 0 && found === "replace") return null;
      if (into < 0 && at > 0) return null;
      return { table: table(into < 0 ? at + 1 : into + 1), adds: found === "insert" && !overwrites(tokens) };
    }
    case "update":
      return isUpdate(tokens, at) ? { table: table(at + 1), adds: false } : null;
    case "delete":
      // `on delete cascade` only declares; `when matched then delete` belongs to its merge.
      if (/^(on|then)$/.test(word(tokens, at - 1))) return null;
      return { table: table(Math.max(at, placeOf(tokens, "from", at, 3)) + 1), adds: false };
    case "merge":
      return word(tokens, at + 1) === "into" || at === 0 ? { table: table(at + 1), adds: false } : null;
    case "into":
      // `select … into archive from orders` makes a table.
      return selectsInto(tokens, at) ? { table: table(at + 1), adds: true } : null;
    default:
      return at === 0 ? administration(tokens, found) : null;
  }
}

function administration(tokens: readonly Token[], verb: string): Change | null {
  const table = (from: number) => nameAt(tokens, from)?.name ?? "";
  switch (verb) {
    case "truncate":
      return { table: table(1), adds: false };
    case "copy":
      // `copy orders from …` fills it, `copy orders to …` reads it.
      return tokens.some((_, at) => word(tokens, at) === "to") ? null : { table: table(1), adds: true };
    case "alter":
    case "create":
    case "drop":
    case "rename": {
      const kind = placeOf(tokens, "table", 0, 5);
      return { table: kind < 0 ? "schema" : table(kind + 1), adds: false };
    }
    case "refresh":
      return { table: table(placeOf(tokens, "view", 0, 3) + 1), adds: false };
    case "load":
      return { table: table(placeOf(tokens, "table", 0, 12) + 1), adds: true };
    case "grant":
    case "revoke":
      return { table: "schema", adds: false };
    case "call":
    case "exec":
    case "execute":
      // What a procedure does cannot be seen: taken for a change.
      return { table: table(1), adds: false };
    default:
      return null;
  }
}

/** `setval('orders_seq', 1)`; and a function that nobody knows, where a statement does nothing but call it. */
function callAt(tokens: readonly Token[], at: number): Change | null {
  const name = word(tokens, at);
  if (name === "" || !isSign(tokens, at + 1, "(")) return null;
  if (name === "nextval" || name === "setval") return { table: "sequence", adds: false };
  let first = 0;
  while (isSign(tokens, first, "(")) first++;
  const isWhole = word(tokens, first) === "select" && !tokens.some((_, place) => word(tokens, place) === "from");
  const start = tokens[at - 2]?.kind !== "sign" && isSign(tokens, at - 1, ".") ? at - 2 : at;
  if (!isWhole || word(tokens, start - 1) !== "select") return null;
  return isBuiltIn(name) && start === at ? null : { table: name, adds: false };
}

/** Functions of the databases themselves; all others somebody has written, and they may change anything. */
const BUILT_IN =
  /^(now|version|count|coalesce|greatest|least|exists|not|case|cast|concat|array|row|date|time|timestamp|interval|extract|gen_random_uuid|uuid|random|rand|sleep|benchmark|database|schema|user|found_rows|row_count|changes|lastval|currval|abs|ceil|floor|round|md5|sha1|sha256|digest|encode|decode|convert|convert_tz|length|lower|upper|nullif|ifnull|isnull|obj_description|has_\w+|to_\w+|json\w*|array_\w+|string_\w+|date_\w+|current_\w+|last_\w+|pg_\w+|unix_\w+|uuid_\w+|utc_\w+|inet_\w+|sys\w*|regexp_\w+|set_config|txid_\w+|format|quote_\w+|sqlite_\w+|scope_identity|getdate|newid|get_lock|release_lock|is_free_lock|st_\w+)$/;

function isBuiltIn(name: string): boolean {
  return BUILT_IN.test(name);
}

/** Not `for update`, `do update set`, `on update cascade`, `on duplicate key update`, `then update`. */
function isUpdate(tokens: readonly Token[], at: number): boolean {
  return !/^(for|do|on|key|then|of|before|after|or)$/.test(word(tokens, at - 1));
}

/** `on conflict do update`, `on duplicate key update`: an insert that may change what is there. */
function overwrites(tokens: readonly Token[]): boolean {
  return tokens.some((_, at) => word(tokens, at) === "update" && /^(do|key)$/.test(word(tokens, at - 1)));
}

function selectsInto(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(0, at).map((_, place) => word(tokens, place));
  const target = tokens[at + 1];
  if (!target || target.kind === "hole" || target.kind === "sign") return false;
  return before.includes("select") && !before.some((name) => /^(insert|replace|merge|outfile)$/.test(name));
}

/** Where a word stands within the next few; -1 where it does not. */
function placeOf(tokens: readonly Token[], wanted: string, from: number, reach: number): number {
  for (let at = from; at <= from + reach && at < tokens.length; at++) if (word(tokens, at) === wanted) return at;
  return -1;
}
