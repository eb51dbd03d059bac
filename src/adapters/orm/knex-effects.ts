import { defineEffects, type LibraryCall, type LibraryEffect } from "../contract.ts";
import { givenTo, stepsOf, tableName } from "../entity-names.ts";
import { names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const WRITES = names("insert update del delete truncate increment decrement upsert batchInsert updateFrom");
const READS = names(
  "select first pluck count countDistinct min max sum sumDistinct avg avgDistinct columnInfo stream distinct from fromRaw",
);
const LOCKS = names("forUpdate forShare forNoKeyUpdate forKeyShare");
const SCHEMA =
  /^(createTable\w*|createView\w*|createSchema\w*|dropTable\w*|dropView\w*|dropSchema\w*|alterTable|renameTable|table|refreshMaterializedView)$/;

/** Knex: `db("orders")` begins a query on a table; a verb anywhere in the chain says what it does, none means reading. */
export const knexEffects = defineEffects({
  name: "knex",
  packages: ["knex", "nestjs-knex", "nest-knexjs"],
  effectOf(call) {
    const steps = stepsOf(call);
    if (steps.includes("migrate") || steps.includes("seed")) return migrates(call);
    if (/^(toSQL|toString|toQuery|toNative)$/.test(call.member)) return null;
    if (call.member === "raw" || steps.includes("raw")) return rawEffect(call);
    if (steps.includes("schema"))
      return SCHEMA.test(call.member) ? { effect: "write", label: tableName(call.text ?? "") } : null;
    const verb = steps.find((step) => WRITES.includes(step));
    const label = tableOf(call);
    // The table may be said further on in the chain: `insert(…).into("orders")`.
    if (label === "" && !call.isLast) return null;
    if (verb) return { effect: "write", label, adds: /^(insert|batchInsert)$/.test(verb) && !steps.includes("merge") };
    if (!call.isLast || (label === "" && !steps.some((step) => READS.includes(step)))) return null;
    return { effect: steps.some((step) => LOCKS.includes(step)) ? "write" : "read", label };
  },
});

/** `db.raw(…)` runs; as an argument or a column it is a piece of another query, and reads no more than that. */
function rawEffect(call: LibraryCall): LibraryEffect | null {
  if (call.member === "raw")
    return call.chain.some((step) => step.name !== "raw" && tableOf(call) !== "") ? null : sqlEffect(call);
  return null;
}

function migrates(call: LibraryCall): LibraryEffect | null {
  return /^(latest|up|down|rollback|run|forceFreeMigrationsLock)$/.test(call.member)
    ? { effect: "write", label: "schema" }
    : null;
}

/** `db("orders").where(…).update(…)` says the table at its root, `db.insert(…).into("orders")` further on. */
function tableOf(call: LibraryCall): string {
  const named = givenTo(call.chain, ["into", "from", "table", "batchInsert"]);
  if (named !== "") return tableName(named);
  const root = call.chain.find((step) => step.isCall && isTableCall(step.name, call));
  return tableName(root?.text ?? root?.argumentNames[0] ?? "");
}

/** The instance itself is called with a table; factories and methods of it are not. */
function isTableCall(name: string, call: LibraryCall): boolean {
  return !KNOWN_STEPS.test(name) && !call.target.path.includes(name) && name !== call.target.export;
}

const KNOWN_STEPS =
  /^(knex|Knex|where\w*|orWhere\w*|andWhere\w*|join\w*|leftJoin|rightJoin|innerJoin|on\w*|select|insert|update|del|delete|returning|orderBy\w*|groupBy\w*|having\w*|limit|offset|first|count\w*|with\w*|as|raw|then|catch|finally|transaction\w*|transacting|increment|decrement|merge|ignore|pluck|distinct\w*|clone|modify|timeout|union\w*|sum|avg|min|max|clear\w*|stream|forUpdate|forShare|skipLocked|noWait|require)$/;
