import type { CallSiteFact } from "../../model/index.ts";

/** Methods that run what they are given in a transaction. */
export const TRANSACTION_METHOD =
  /^(\$?transaction|withTransaction|runInTransaction|runTransaction|transactional|startTransaction|inTransaction)$/i;
/** Members of a promise: they follow a call, and are none of its library's. */
export const PROMISE_MEMBERS = /^(then|catch|finally)$/;
/** Methods that keep a function for later. */
export const REGISTERS =
  /^(on|on[A-Z]\w*|once|addListener|addEventListener|subscribe|register[A-Z]?\w*|use|handle|process|consume|listen|setRequestHandler)$/;

/** Methods that run what they are given for each element. */
export const ITERATORS = new Set([
  "forEach",
  "map",
  "flatMap",
  "filter",
  "reduce",
  "some",
  "every",
  "find",
  "mapSeries",
  "each",
  "eachLimit",
]);

/** Methods that put a value away. */
export const KEEPS = /^(push|add|set|unshift|append|enqueue|splice)$/;

const HTTP_VERB = /^(get|head|post|put|patch|delete|options|all|route)$/;

/** `router.get("/orders", handler)`: the handler is for requests to come. */
export function registersRoute(name: string, site: CallSiteFact): boolean {
  const [path] = site.args;
  const isPath = path?.kind === "literal" && typeof path.value === "string" && path.value.startsWith("/");
  return HTTP_VERB.test(name) && site.callee.kind === "member" && (isPath || path?.kind === "template");
}
