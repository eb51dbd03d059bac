import type { CrossModuleCall, Reason, Verdict } from "../model/index.ts";
import { reason } from "./rule.ts";

/**
 * Its whole effect is to publish, or to append the one thing that it is given: a bus or a log of own making, whatever
 * it is called.
 */
export function isMessage({ facts }: CrossModuleCall): boolean {
  if (facts.publishes) return true;
  const [given, ...others] = facts.arguments;
  const isEntry = given !== undefined && others.length === 0 && !SCALAR.test(given.type);
  return isEntry && facts.effect === "write" && !facts.writesOutside && facts.updates.length === 0;
}

const SCALAR = /^(string|number|boolean|bigint|Date|null|undefined)$/;

/** What a reader should know beside the reasons for the verdict. */
export function circumstances(call: CrossModuleCall, verdict: Verdict): Reason[] {
  const { facts, location } = call;
  const { request, declared } = facts.evidence;
  return [
    ...(declared
      ? [
          reason(
            "leaf-declared",
            `${declared.path.at(-1)} as the configuration says: ${declared.what}`,
            declared.location,
          ),
        ]
      : []),
    ...(facts.inTransaction ? [reason("in-transaction", "it runs inside a transaction of the caller", location)] : []),
    ...(facts.inLoop ? [reason("in-loop", "it runs in a loop", location)] : []),
    ...(facts.requestContext
      ? [reason("request-context", "it reads the current request", request?.location ?? location)]
      : []),
    ...(facts.leftAlone && !facts.swallowsFailures
      ? [reason("unhandled-rejection", "nobody waits for it or handles its failure", location)]
      : []),
    ...(facts.publishes || (verdict === "event" && isMessage(call)) ? durability(call) : []),
  ];
}

/** What can happen to a message that is published, or a note that is appended, beside what it tells of. */
function durability({ facts, location }: CrossModuleCall): Reason[] {
  const found: Reason[] = [];
  if (facts.inTransaction && facts.publishes) {
    const what = "published before the commit: a rollback does not take it back";
    found.push(reason("published-before-commit", what, location));
  } else if (facts.afterOwnWrite && !facts.inTransaction) {
    const what = "told after the write, without an outbox: a crash in between loses it";
    found.push(reason("published-without-outbox", what, location));
  }
  if (facts.caught || facts.swallowsFailures)
    found.push(reason("publish-failure-swallowed", "when telling fails, nobody hears of it", location));
  return found;
}
