import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

/** SQL Server by mssql. What a procedure does cannot be seen: taken for a change. */
export const mssqlEffects = defineEffects({
  name: "mssql",
  packages: ["mssql"],
  effectOf(call) {
    if (call.member === "execute") return { effect: "write", label: call.text ?? "sql" };
    if (call.member === "bulk") return { effect: "write", label: "sql" };
    return /^(query|batch)$/.test(call.member) ? sqlEffect(call) : null;
  },
});
