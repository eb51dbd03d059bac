import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

/** mysql2, its promise interface, mysql and mariadb. */
export const mysqlEffects = defineEffects({
  name: "mysql",
  packages: ["mysql2", "mysql", "mariadb", "promise-mysql"],
  effectOf(call) {
    if (call.member === "changeUser") return null;
    return /^(query|execute|queryStream|batch|importFile)$/.test(call.member) ? sqlEffect(call) : null;
  },
});
