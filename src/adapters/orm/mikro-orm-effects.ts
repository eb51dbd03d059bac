import { defineEffects, type LibraryCall } from "../contract.ts";
import { capitalize, entityName, isClassName, stepsOf } from "../entity-names.ts";
import { lookUpMember, names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const MEMBERS = {
  write: names(`persist persistAndFlush remove removeAndFlush flush commit nativeInsert nativeUpdate nativeDelete upsert
    upsertMany insert insertMany lock`),
  read: names(`find findOne findOneOrFail findAll findAndCount findByCursor findById stream count countBy populate
    refresh loadItems loadCount aggregate getResult getResultList getSingleResult getResultAndCount getCount init load`),
};
const BUILDER_WRITES = names("insert update delete truncate");

/** MikroORM: entity manager, repositories and query builder. `persist` counts at once, though `flush` carries it out. */
export const mikroOrmEffects = defineEffects({
  name: "mikro-orm",
  packages: ["@mikro-orm/*"],
  effectOf(call) {
    const steps = stepsOf(call);
    const label = entityOf(call);
    if (steps.some((step) => /^(createQueryBuilder|qb|getKnex)$/.test(step)) && isBuilderEnd(call.member)) {
      return { effect: steps.some((step) => BUILDER_WRITES.includes(step)) ? "write" : "read", label };
    }
    if (call.member === "execute") return sqlEffect(call);
    // A transaction's own; what it is given writes.
    if (call.member === "commit" && steps.includes("getTransactionContext")) return null;
    if (/^(init|initSync)$/.test(call.member) && [call.target.export, ...steps].includes("MikroORM")) return null;
    const effect = lookUpMember(MEMBERS, call.member);
    if (effect !== "read") return effect && { effect, label: call.member === "flush" ? "flush" : label };
    return { effect: /^PESSIMISTIC/.test(call.options.lockMode ?? "") ? "write" : "read", label };
  },
});

function isBuilderEnd(member: string): boolean {
  return /^(execute|getResult\w*|getSingleResult|getCount|run)$/.test(member);
}

/** `EntityRepository<Order>`, `em.find(Order, …)`, `em.persist(order)`. */
function entityOf(call: LibraryCall): string {
  const byType = entityName(call.target.typeArgs[0] ?? "");
  if (byType !== "") return byType;
  const given = call.chain.flatMap((step) => step.argumentNames).reverse();
  const named = call.argumentNames.find(isClassName) ?? given.find(isClassName);
  if (named) return entityName(named);
  return capitalize(call.argumentNames.find((name) => name !== "") ?? "");
}
