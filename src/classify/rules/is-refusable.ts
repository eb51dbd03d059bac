import type { CrossModuleCall } from "../../model/index.ts";
import { reactsByName, SETS_UP } from "../names.ts";
import { baseReasons, defineRule, reason } from "../rule.ts";

/** It may refuse, and nobody swallows the refusal: the caller's own work depends on it. */
export const isRefusable = defineRule({
  name: "is-refusable",
  decide(call) {
    const { facts } = call;
    if (!facts.canThrow || facts.caught || !facts.awaited || isRemote(call) || isFailedMail(call)) return null;
    const confidence = facts.beforeOwnWrite ? "high" : "medium";
    const extra = facts.beforeOwnWrite
      ? [reason("write-follows", "the caller writes after it, so a refusal stops that write", call.location)]
      : [];
    return { verdict: "command", confidence, reasons: [...baseReasons(call), ...extra] };
  },
});

/**
 * The refusal is no business of the caller's: it is what a queue says that was never set up, or it lies deep behind
 * something that is only told of what has happened.
 */
function isRemote({ facts, callee }: CrossModuleCall): boolean {
  const { veto } = facts.evidence;
  if (!veto || veto.path.length < 2) return false;
  const holder = veto.path.at(-1)?.split(".").at(-1) ?? "";
  if (SETS_UP.test(holder) && (facts.publishes || reactsByName(callee.symbol))) return true;
  return veto.path.length > 2 && !facts.beforeOwnWrite && reactsByName(callee.symbol);
}

/** A mailer that says no after it has tried to send: the mail has failed, and nothing is refused. */
function isFailedMail({ facts, callee }: CrossModuleCall): boolean {
  const sends = facts.writes.length > 0 && facts.writes.every((label) => label === "mail" || label === "message");
  return sends && !facts.refusesFirst && !facts.beforeOwnWrite && reactsByName(callee.symbol);
}
