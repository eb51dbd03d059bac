import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

/** Postgres.js: the tagged template itself is the query; `sql(columns)` without a tag is a piece of one. */
export const postgresEffects = defineEffects({
  name: "postgres",
  packages: ["postgres"],
  effectOf(call) {
    if (call.member === "notify") return { effect: "write", label: "notify", publishes: true };
    return call.isTag || call.member === "unsafe" || call.member === "file" ? sqlEffect(call) : null;
  },
});
