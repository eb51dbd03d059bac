import type { Confidence, CrossModuleCall, Reason } from "../../model/index.ts";
import { GETTER, isCleanUpName, isLifecycleHook, leadingVerb, reactsByName, VALIDATOR } from "../names.ts";
import { baseReasons, calleeName, defineRule, reason } from "../rule.ts";

/**
 * Nobody waits for the outcome and something else says so too: it is handed to a queue, not awaited, its failure is
 * swallowed, it touches nothing but the outside, or it cleans up after what the caller has deleted. That it comes after
 * the caller's own write is no such sign by itself: the second half of one operation does as well.
 */
export const followsUp = defineRule({
  name: "follows-up",
  decide(call) {
    const { facts, location } = call;
    // Something that is named as a check and does refuse is one, whatever it writes down on the way.
    if (facts.canThrow && VALIDATOR.test(calleeName(call))) return null;
    if (isLifecycleHook(calleeName(call))) return null;
    const signals: Reason[] = [];
    if (facts.inListener) signals.push(reason("in-listener", "the caller itself reacts to an event", location));
    if (facts.publishes) signals.push(reason("publishes", "it hands over to a queue or a bus", location));
    if (!facts.awaited && facts.couldWait) signals.push(reason("not-awaited", "nobody waits for it", location));
    if (facts.caught) signals.push(reason("failure-swallowed", "its failure is swallowed", location));
    if (facts.swallowsFailures)
      signals.push(reason("swallows-failures", "its own code swallows every failure", location));
    const isNamed = reactsByName(call.callee.symbol);
    const cleansUp = facts.afterOwnDelete && isCleanUpName(calleeName(call));
    if (signals.length === 0 && !isNamed && !cleansUp && !tellsSomebody(call) && !onlyCaches(call)) return null;
    // A front that only swallows what stands behind it does the same operation; its own callers want it done.
    const leavesHere = facts.writesOutside && (facts.publishes || isNamed);
    if (isFront(call) && facts.awaited && !leavesHere) return null;
    const cleanUp = cleansUp
      ? [reason("cleans-up", "it removes what belonged to something that the caller has deleted", location)]
      : [];
    const note =
      isNamed && addsAfterwards(call)
        ? [reason("only-adds", "it only adds to what its module owns, after the caller's own write", location)]
        : [];
    return {
      verdict: "event",
      confidence: confidenceOf(call, signals.length, isNamed),
      reasons: [...baseReasons(call), ...signals, ...cleanUp, ...note],
    };
  },
});

/** Its only effect is a message to a person. */
function tellsSomebody({ facts }: CrossModuleCall): boolean {
  return facts.writes.every((label) => label === "mail" || label === "message");
}

/**
 * It drops a cache entry, or a getter caches what it has worked out. Anything else that is kept there may be asked for
 * soon, and a code or a session that is deleted is revoked: that cannot wait.
 */
function onlyCaches(call: CrossModuleCall): boolean {
  if (!call.facts.writes.every((label) => label === "cache")) return false;
  if (/^(reset|flush|invalidate|evict)/.test(calleeName(call))) return true;
  return /cache/i.test(call.callee.symbol) && (GETTER.test(callerName(call)) || isCleanUpName(calleeName(call)));
}

/** The caller does what the callee does: `Cache.set` before `RedisCache.set`, `deleteOrder` before `deleteOrderLines`. */
function isFront(call: CrossModuleCall): boolean {
  const caller = callerName(call);
  const callee = calleeName(call);
  if (leadingVerb(caller) !== leadingVerb(callee)) return false;
  return !call.facts.besideOwnWrite || (caller !== leadingVerb(caller) && callee.startsWith(caller));
}

function callerName({ caller }: CrossModuleCall): string {
  return caller.symbol.slice(caller.symbol.lastIndexOf(".") + 1);
}

/** Words are weak: they lift what the code shows, and alone they are a guess. */
function confidenceOf(call: CrossModuleCall, signals: number, isNamed: boolean): Confidence {
  const shown = signals + Number(tellsSomebody(call));
  if (shown === 0) return isNamed && addsAfterwards(call) ? "medium" : "low";
  return shown + Number(isNamed) + Number(comesLast(call)) >= 2 ? "high" : "medium";
}

function comesLast({ facts }: CrossModuleCall): boolean {
  return facts.afterOwnWrite && !facts.beforeOwnWrite;
}

/** A note of what the caller's own module has done: new rows, nothing that is there is changed. */
function addsAfterwards({ facts }: CrossModuleCall): boolean {
  return facts.afterOwnWrite && facts.besideOwnWrite && !facts.ownWriteFollows && facts.updates.length === 0;
}
