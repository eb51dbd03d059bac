import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** The framework's own: decorators, exceptions, module references, documentation. What its modules for data, queues, caches and mail do is said by theirs. */
export const nestEffects = defineEffects({
  name: "nest",
  packages: [
    "@nestjs/common",
    "@nestjs/core",
    "@nestjs/platform-express",
    "@nestjs/platform-fastify",
    "@nestjs/swagger",
    "@nestjs/graphql",
    "@nestjs/apollo",
    "@nestjs/mercurius",
    "@nestjs/passport",
    "@nestjs/mapped-types",
    "@nestjs/testing",
    "@nestjs/throttler",
    "@nestjs/terminus",
    "@nestjs/serve-static",
    "reflect-metadata",
  ],
  effectOf: none,
});
