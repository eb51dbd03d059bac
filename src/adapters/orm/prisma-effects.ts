import { defineEffects, type LibraryEffect } from "../contract.ts";
import { capitalize, tableName } from "../entity-names.ts";
import { lookUpMember, names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const MEMBERS = {
  write: names(`create createMany createManyAndReturn update updateMany updateManyAndReturn upsert delete deleteMany`),
  read: names(
    `findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany count aggregate groupBy findRaw aggregateRaw`,
  ),
};

/** Prisma's client is generated, often absent from disk: the shape `client.model.operation` says enough. */
export const prismaEffects = defineEffects({
  name: "prisma",
  packages: [
    "@prisma/client",
    "@prisma/extension-read-replicas",
    "nestjs-prisma",
    "*/prisma/client",
    "*/generated/prisma",
  ],
  exports: ["PrismaClient"],
  effectOf(call) {
    if (/^\$executeRaw(Unsafe)?$/.test(call.member)) return executes(sqlEffect(call, "write"));
    if (/^\$queryRaw(Unsafe)?$/.test(call.member)) return sqlEffect(call, call.discarded ? "write" : "read");
    // The SQL stands in a file of its own that is not read.
    if (call.member === "$queryRawTyped")
      return { effect: "none", label: "", unseen: "the SQL stands in a file of its own" };
    if (call.member === "$runCommandRaw") return { effect: "write", label: "sql" };
    const effect = lookUpMember(MEMBERS, call.member);
    const model = call.target.path.findLast((step, at) => at < call.target.path.length - 1 && step !== "[]");
    return effect && model && model !== "()" ? { effect, label: capitalize(tableName(model)) } : null;
  },
});

/** `$executeRaw` is there for what changes something; of a lock or a setting it is still no reading. */
function executes(found: LibraryEffect): LibraryEffect {
  return found.effect === "read" ? { ...found, effect: "write" } : found;
}
