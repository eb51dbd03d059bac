import { defineEffects, type LibraryCall } from "../contract.ts";
import { entityName, isClassName } from "../entity-names.ts";
import { lookUpMember, names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const MEMBERS = {
  write: names(`create bulkCreate update upsert destroy restore increment decrement findOrCreate findCreateFind truncate
    save sync drop $create $set $add $remove`),
  read: names(`findAll findOne findByPk findAndCountAll findAndCount count sum max min aggregate reload describe $get
    $count $has scope`),
};

/** Sequelize, plain and with decorators: static members of a model, members of its instances, raw queries. */
export const sequelizeEffects = defineEffects({
  name: "sequelize",
  packages: ["sequelize", "sequelize-typescript", "@sequelize/*", "@nestjs/sequelize"],
  effectOf(call) {
    if (call.member === "query") return sqlEffect(call);
    if (call.member === "scope") return null;
    const effect = lookUpMember(MEMBERS, call.member);
    const label = modelOf(call);
    if (effect !== "read") return effect && { effect, label };
    const locks = call.options.lock !== undefined && !/^(false|null|undefined)$/.test(call.options.lock);
    return { effect: locks ? "write" : "read", label };
  },
});

/** The class that extends `Model`, what `define` called it, or the type of an injected one. */
function modelOf(call: LibraryCall): string {
  if (call.target.heir) return entityName(call.target.heir);
  const byType = entityName(call.target.typeArgs[0] ?? "");
  if (byType !== "") return byType;
  const defined = call.chain.find((step) => /^(define|model|getRepository)$/.test(step.name));
  const name = defined?.text ?? defined?.argumentNames.find(isClassName) ?? call.receiver;
  return entityName(name);
}
