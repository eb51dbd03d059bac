import type { CallSiteFact, Expr, FileFacts, Statement } from "../../model/index.ts";
import { nameOf } from "../name-of.ts";
import { isTelemetry } from "../telemetry.ts";

/** What would be skipped by leaving. */
interface Rest {
  readonly goesOn?: boolean;
  readonly loopGoesOn?: boolean;
}

/**
 * Whether a handler does more about a failure than to note it: it answers the request, sets a state, undoes something,
 * leaves out what follows. Then the caller does depend on what failed.
 */
export function reacts(facts: FileFacts, body: readonly Statement[], rest: Rest = {}): boolean {
  return contains(body, (statement) => {
    switch (statement.kind) {
      case "expression":
        return !isNote(facts, statement.value);
      case "return":
        return rest.goesOn === true || (statement.value !== undefined && !isNote(facts, statement.value));
      case "jump":
        return rest.loopGoesOn === true;
      case "loop":
        return true;
      default:
        return false;
    }
  });
}

const NOTES = /^(noop|(capture|report|record|track|notice|log)(Exception|Error|Failure|Message|Warning))$/i;
/** Words of a log, and of much else: `logger.error(…)` is a note, `toast.error(…)` tells the user. */
const LEVELS = /^(log|warn|warning|error|info|debug|trace|verbose|fatal|print)$/i;
const LOGS = /log|console|debug|sentry|trace|monitor|bugsnag|rollbar|report/i;

/** A line in a log, a metric, nothing at all. */
function isNote(facts: FileFacts, value: Expr): boolean {
  switch (value.kind) {
    case "name":
      return value.ref.kind === "global" && value.ref.name === "undefined";
    case "unary":
      return value.operator === "void" && isNote(facts, value.value);
    case "call": {
      const site = facts.calls[value.call];
      if (!site) return false;
      return NOTES.test(nameOf(facts, site.callee)) || isLogLine(facts, site.callee) || isTelemetry(facts, site);
    }
    default:
      return false;
  }
}

function isLogLine(facts: FileFacts, callee: Expr): boolean {
  if (!LEVELS.test(nameOf(facts, callee))) return false;
  return callee.kind !== "member" || callee.object.kind === "this" || LOGS.test(nameOf(facts, callee.object));
}

/** A handler that passes the failure on by another way than `throw`: `reject(error)`, `next(error)`. */
export function rejects(facts: FileFacts, body: readonly Statement[]): boolean {
  return contains(body, (inner) => {
    const value = inner.kind === "expression" || inner.kind === "return" ? inner.value : undefined;
    const call = value?.kind === "call" ? facts.calls[value.call]?.callee : undefined;
    if (call?.kind === "member") return call.name === "reject";
    return (
      call?.kind === "name" &&
      call.ref.kind === "variable" &&
      /^(reject|next)$/.test(facts.variables[call.ref.index]?.name ?? "")
    );
  });
}

/** Whether any statement, in nested blocks too, fits. */
export function contains(statements: readonly Statement[], test: (statement: Statement) => boolean): boolean {
  return statements.some((statement) => {
    if (test(statement)) return true;
    switch (statement.kind) {
      case "if":
        return contains(statement.yes, test) || contains(statement.no, test);
      case "loop":
      case "block":
        return contains(statement.body, test);
      case "try":
        return (
          contains(statement.block, test) ||
          contains(statement.handler?.body ?? [], test) ||
          contains(statement.finalizer, test)
        );
      case "switch":
        return statement.cases.some((part) => contains(part.body, test));
      default:
        return false;
    }
  });
}

/** What a handler given to `catch` makes of the failure. */
export function promiseHandler(
  facts: FileFacts,
  site: CallSiteFact,
): { readonly throws: boolean; readonly reacts: boolean } {
  const callback = site.args[0];
  if (callback?.kind === "name" && callback.ref.kind === "variable") {
    const name = facts.variables[callback.ref.index]?.name ?? "";
    return { throws: /^(reject|next|done|cb|callback|fail)$/.test(name), reacts: false };
  }
  if (callback?.kind !== "function") return { throws: false, reacts: false };
  const body = facts.functions[callback.function]?.body ?? [];
  const throws = contains(body, (inner) => inner.kind === "throw") || rejects(facts, body);
  const isQuiet = body.length === 1 && body[0]?.kind === "return" && body[0].value?.kind === "literal";
  return { throws, reacts: !throws && !isQuiet && reacts(facts, body) };
}
