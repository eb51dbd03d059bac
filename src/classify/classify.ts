import type { ClassifiedCall, CrossModuleCall, Override } from "../model/index.ts";
import { circumstances, isMessage } from "./circumstances.ts";
import { type Decision, reason } from "./rule.ts";
import { RULES } from "./rules.ts";
import { STRATEGIES } from "./strategies.ts";

/** Gives each call its verdict, with the reasons for it. A person's override stands above every rule. */
export function classify(calls: readonly CrossModuleCall[], overrides: readonly Override[] = []): ClassifiedCall[] {
  return calls.map((call) => {
    const decision = overridden(call, overrides) ?? decide(call);
    const adopts = decision.verdict === "event" && isMessage(call);
    return { ...call, ...decision, strategies: adopts ? ["event", "adopt"] : STRATEGIES[decision.verdict] };
  });
}

function decide(call: CrossModuleCall): Decision {
  for (const rule of RULES) {
    const decision = rule.decide(call);
    if (decision) return { ...decision, reasons: [...decision.reasons, ...circumstances(call, decision.verdict)] };
  }
  return { verdict: "unknown", confidence: "low", reasons: circumstances(call, "unknown") };
}

function overridden(call: CrossModuleCall, overrides: readonly Override[]): Decision | null {
  const override = overrides.find((candidate) => isMeant(candidate, call));
  if (!override) return null;
  return {
    verdict: override.verdict,
    confidence: "high",
    reasons: [
      reason("override", `decided in the configuration: ${override.reason}`, call.location),
      ...circumstances(call, override.verdict),
    ],
  };
}

/** Overrides that match no call: most likely the code has moved on, or a slip. */
export function unmatchedOverrides(calls: readonly CrossModuleCall[], overrides: readonly Override[]): Override[] {
  return overrides.filter((override) => !calls.some((call) => isMeant(override, call)));
}

function isMeant({ match }: Override, call: CrossModuleCall): boolean {
  return match === call.id || match === `${call.to}:${call.callee.symbol}`;
}
