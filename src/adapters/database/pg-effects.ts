import { defineEffects } from "../contract.ts";
import { sqlEffect } from "../sql-effect.ts";

/** node-postgres and clients with its interface: `query` with text, or with `{ text, values }`. */
export const pgEffects = defineEffects({
  name: "pg",
  packages: [
    "pg",
    "pg-pool",
    "pg-cursor",
    "pg-query-stream",
    "@neondatabase/serverless",
    "@vercel/postgres",
    "@electric-sql/pglite",
  ],
  effectOf(call) {
    if (call.isTag && /^(sql|default)$/.test(call.member)) return sqlEffect(call);
    // A tagged template of a client that `neon(url)` made.
    if (call.isTag) return sqlEffect(call);
    return /^(query|queryArray|exec|sql)$/.test(call.member) ? sqlEffect(call) : null;
  },
});
