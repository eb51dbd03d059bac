import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Checks and conversions of values. They judge what they are handed, and look nothing up. */
export const validationEffects = defineEffects({
  name: "validation",
  packages: [
    "zod",
    "nestjs-zod",
    "joi",
    "yup",
    "ajv",
    "ajv-formats",
    "class-validator",
    "class-transformer",
    "valibot",
    "superstruct",
    "runtypes",
    "io-ts",
    "@sinclair/typebox",
    "arktype",
    "validator",
    "libphonenumber-js",
    "email-validator",
    "@hapi/joi",
    "express-validator",
  ],
  effectOf: none,
});
