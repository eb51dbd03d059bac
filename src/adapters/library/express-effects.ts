import { defineEffects } from "../contract.ts";
import { answers } from "../response.ts";

/** Express and Fastify: the response or reply of the running request. Routes and middleware are wiring. */
export const expressEffects = defineEffects({
  name: "express",
  packages: ["express", "express-serve-static-core", "@types/express", "fastify", "restify", "polka"],
  effectOf: (call) => (/(Response|Reply)$/.test(call.target.export) ? answers(call) : null),
});
