import { defineEffects, type LibraryCall, type LibraryEffect } from "../contract.ts";
import { isClassName, stepsOf } from "../entity-names.ts";
import { lookUpMember, names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const MEMBERS = {
  write: names(`save insert update updateAll upsert delete deleteAll remove softDelete softRemove restore recover
    increment decrement clear truncate synchronize runMigrations undoLastMigration dropDatabase`),
  read: names(`find findBy findOne findOneBy findOneById findOneOrFail findOneByOrFail findAndCount findAndCountBy
    findByIds findTrees findDescendants findDescendantsTree countDescendants findAncestors findAncestorsTree
    countAncestors findRoots count countBy exist exists existsBy sum average minimum maximum getMany getOne getOneOrFail
    getRawMany getRawOne getManyAndCount getRawAndEntities getCount getExists stream loadMany loadOne`),
};
const ADDS = names("insert");
const BUILDER_WRITES = names("insert update delete softDelete restore relation");

export const typeormEffects = defineEffects({
  name: "typeorm",
  packages: ["typeorm", "@nestjs/typeorm", "typeorm-transactional"],
  effectOf(call) {
    if (call.member === "query" || call.member === "sql") return sqlEffect(call);
    if (/^(execute|add|set|addAndRemove)$/.test(call.member)) return builderEffect(call);
    // `createQueryBuilder().update()` only says what `execute()` will do.
    const effect = lookUpMember(MEMBERS, call.member);
    return effect && { effect: effect === "read" && locks(call) ? "write" : effect, label: entityOf(call) };
  },
});

function builderEffect(call: LibraryCall): LibraryEffect | null {
  const steps = stepsOf(call);
  const verb = steps.find((step) => BUILDER_WRITES.includes(step));
  if (call.member === "execute") {
    const label = entityOf(call);
    if (verb) return { effect: "write", label, adds: ADDS.includes(verb) && !steps.includes("orUpdate") };
    return { effect: "read", label };
  }
  return steps.includes("relation") ? { effect: "write", label: entityOf(call) } : null;
}

/** `setLock("pessimistic_write")`, `{ lock: { mode: "pessimistic_write" } }`: rows are locked to be changed. */
function locks(call: LibraryCall): boolean {
  const modes = [call.options["lock.mode"], ...call.chain.map((step) => (step.name === "setLock" ? step.text : null))];
  return modes.some(
    (mode) => mode?.startsWith("pessimistic") || mode === "for_no_key_update" || mode === "for_key_share",
  );
}

/** `Repository<Order>` says it by its type, `manager.save(Order, …)` and `getRepository(Order)` by an argument. */
function entityOf(call: LibraryCall): string {
  const byType = call.target.typeArgs[0];
  if (byType) return byType;
  const given = call.argumentNames;
  return (
    given.find(isClassName) ??
    call.chain.flatMap((step) => step.argumentNames).findLast(isClassName) ??
    // `class Order extends BaseEntity`: `Order.find()`.
    (isClassName(call.receiver) ? call.receiver : undefined) ??
    given.find((name) => name !== "") ??
    ""
  );
}
