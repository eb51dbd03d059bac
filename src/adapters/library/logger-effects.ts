import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** What is written to a log is for people to read; no business depends on it. */
export const loggerEffects = defineEffects({
  name: "loggers",
  packages: [
    "pino",
    "pino-http",
    "nestjs-pino",
    "pino-pretty",
    "winston",
    "nest-winston",
    "winston-*",
    "bunyan",
    "debug",
    "loglevel",
    "log4js",
    "consola",
    "signale",
    "morgan",
    "roarr",
    "tslog",
    "npmlog",
    "@logtape/*",
    "@datadog/browser-logs",
  ],
  globals: ["console"],
  effectOf: none,
});
