import { defineEffects } from "../contract.ts";
import { entityName, stepsOf } from "../entity-names.ts";
import { names } from "../members.ts";
import { sqlEffect } from "../sql-effect.ts";

const WRITES =
  names(`insert insertAndFetch insertGraph insertGraphAndFetch update updateAndFetch updateAndFetchById patch
  patchAndFetch patchAndFetchById upsertGraph upsertGraphAndFetch delete del deleteById relate unrelate increment decrement
  truncate`);
const LOCKS = names("forUpdate forShare");
const STARTS = /^\$?(query|relatedQuery|fetchGraph|\$fetchGraph|loadRelated)$/;

/** Objection: `Order.query()` begins a query on a model, `order.$query()` on one row; no verb means reading. */
export const objectionEffects = defineEffects({
  name: "objection",
  packages: ["objection"],
  effectOf(call) {
    const steps = stepsOf(call);
    if (steps.includes("raw")) return call.member === "raw" && call.discarded ? sqlEffect(call) : null;
    const start = call.chain.find((step) => STARTS.test(step.name));
    if (!start && !steps.some((step) => STARTS.test(step))) return null;
    const label = entityName(call.receiver);
    const verb = steps.find((step) => WRITES.includes(step));
    if (verb) return { effect: "write", label, adds: verb.startsWith("insert") };
    if (!call.isLast) return null;
    return { effect: steps.some((step) => LOCKS.includes(step)) ? "write" : "read", label };
  },
});
