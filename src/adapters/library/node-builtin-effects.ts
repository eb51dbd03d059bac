import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Modules of Node that compute, convert or tell about the process. */
export const nodeBuiltinEffects = defineEffects({
  name: "node-builtins",
  packages: [
    "path",
    "url",
    "util",
    "os",
    "querystring",
    "string_decoder",
    "punycode",
    "buffer",
    "zlib",
    "stream",
    "timers",
    "v8",
    "vm",
    "module",
    "process",
    "readline",
    "tty",
  ],
  effectOf: none,
});
