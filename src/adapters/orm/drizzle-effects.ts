import { defineEffects, type LibraryCall } from "../contract.ts";
import { givenTo, stepsOf, tableName } from "../entity-names.ts";
import { names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const WRITES = names("insert update delete");
const READS = names("select selectDistinct selectDistinctOn $count");
const RELATIONAL = names("findMany findFirst");
const RUNS_SQL = names("execute run all get values");

/** Drizzle: `db.insert(orders)`, `db.select().from(orders)`, `db.query.orders.findMany()`, SQL by `execute` and its like. */
export const drizzleEffects = defineEffects({
  name: "drizzle",
  packages: ["drizzle-orm", "@nestjs-drizzle/*", "@knaadh/nestjs-drizzle-*"],
  effectOf(call) {
    const steps = stepsOf(call);
    if (/^(toSQL|getSQL)$/.test(call.member)) return null;
    // Columns, conditions and schemas are functions of the package: they build.
    if (call.target.path.length === 0 && call.chain.length <= 1) return null;
    if (RELATIONAL.includes(call.member)) return { effect: "read", label: relationOf(call) };
    const verb =
      call.chain.find((step) => step.isCall && WRITES.includes(step.name))?.name ??
      steps.find((step) => WRITES.includes(step));
    const label = tableOf(call);
    if (verb)
      return {
        effect: "write",
        label,
        adds: verb === "insert" && !steps.some((step) => /^on(Conflict|DuplicateKey)/.test(step)),
      };
    if (call.member === "refreshMaterializedView")
      return { effect: "write", label: tableName(call.argumentNames[0] ?? "") };
    if (steps.some((step) => READS.includes(step))) {
      // Tables and locks are said further on in the chain.
      if (!call.isLast) return null;
      const locks = call.chain.some((step) => step.name === "for" && /update|share/.test(step.text ?? ""));
      return { effect: locks ? "write" : "read", label };
    }
    return RUNS_SQL.includes(call.member) ? sqlEffect(call) : null;
  },
});

function tableOf(call: LibraryCall): string {
  return tableName(givenTo(call.chain, [...WRITES, "from", "$count"]));
}

/** `db.query.orders.findMany()` → `orders`. */
function relationOf(call: LibraryCall): string {
  const { path } = call.target;
  return tableName(path[path.length - 2] ?? call.receiver);
}
