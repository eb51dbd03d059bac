import { defineEffects, type LibraryCall } from "../contract.ts";
import { givenTo, stepsOf, tableName } from "../entity-names.ts";
import { names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const WRITES = names("insertInto updateTable deleteFrom replaceInto mergeInto");
const READS = names("selectFrom");
const LOCKS = names("forUpdate forShare forNoKeyUpdate forKeyShare");
const EXECUTES = /^(execute|executeTakeFirst|executeTakeFirstOrThrow|stream|executeQuery)$/;
const SCHEMA = /^(create|drop|alter)(Table|View|Index|Schema|Type)$|^refreshMaterializedView$/;

/** Kysely: the verb that begins a query names its tables, whatever follows. */
export const kyselyEffects = defineEffects({
  name: "kysely",
  packages: ["kysely", "kysely-*", "nestjs-kysely", "prisma-extension-kysely"],
  effectOf(call) {
    const steps = stepsOf(call);
    if (call.target.export === "sql" || steps.includes("sql"))
      return EXECUTES.test(call.member) ? sqlEffect(call) : null;
    if (steps.includes("schema")) {
      const made = call.chain.find((step) => SCHEMA.test(step.name));
      return made || SCHEMA.test(call.member) ? { effect: "write", label: tableName(made?.text ?? "") } : null;
    }
    // `db.transaction().execute(…)` runs what it is given.
    if (steps.includes("transaction") || steps.includes("startTransaction"))
      if (call.member === "execute" && !queries(steps)) return null;
    if (/^(compile|toOperationNode|as|castTo)$/.test(call.member)) return null;
    const verb = steps.find((step) => WRITES.includes(step));
    const label = tableOf(call);
    if (verb)
      return {
        effect: "write",
        label,
        adds: verb === "insertInto" && !steps.some((step) => /^on(Conflict|Duplicate)/.test(step)),
      };
    if (steps.some((step) => READS.includes(step))) {
      // A lock is said further on in the chain.
      if (!call.isLast) return null;
      return { effect: steps.some((step) => LOCKS.includes(step)) ? "write" : "read", label };
    }
    return EXECUTES.test(call.member) && !steps.includes("connection") ? sqlEffect(call) : null;
  },
});

function queries(steps: readonly string[]): boolean {
  return steps.some((step) => WRITES.includes(step) || READS.includes(step));
}

function tableOf(call: LibraryCall): string {
  return tableName(givenTo(call.chain, [...WRITES, ...READS]));
}
