import type { CallSiteFact, CallTarget, Expr, FileFacts } from "../model/index.ts";
import { nameOf } from "./name-of.ts";

const TELEMETRY =
  /^_*(log|logger|console|metrics?|tracer|span|sentry|stats|statsd|histogram|counter|timer|apm|newrelic|telemetry|performance|debug)_*$/i;

const MAKES_ONE = /^((get|create|make|use)([A-Z][a-z]+)?)?(Logger|Tracer|Meter)$/i;

/** Whether the callee is declared by a type that calls itself a logger. */
export function isDeclaredTelemetry({ declarations, bodies }: CallTarget): boolean {
  return (
    bodies.length === 0 &&
    declarations.some(({ symbol }) => /^I?(Logger|Tracer|Meter|Metrics)(Service)?\./.test(symbol))
  );
}

/** Logging, metrics and spans are no effect, whatever the library calls them. */
export function isTelemetry(facts: FileFacts, site: CallSiteFact): boolean {
  if (MAKES_ONE.test(nameOf(facts, site.callee))) return true;
  let current: Expr | undefined = site.callee.kind === "member" ? site.callee.object : undefined;
  while (current) {
    if (current.kind === "member") {
      if (TELEMETRY.test(current.name)) return true;
      current = current.object;
    } else if (current.kind === "call") current = facts.calls[current.call]?.callee;
    else return TELEMETRY.test(nameOf(facts, current));
  }
  return false;
}
