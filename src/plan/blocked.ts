import type { Blocked, ClassifiedCall } from "../model/index.ts";

/** Why a call cannot become an event now, from its facts alone; null when nothing speaks against it. */
export function blockedReason(call: ClassifiedCall): Blocked | null {
  const { facts } = call;
  if (call.verdict !== "event") {
    return {
      call: call.id,
      code: "verdict-not-event",
      message: `it is a ${call.verdict}: ${call.reasons[0]?.message ?? "no reason known"}`,
      remedy:
        call.strategies.length > 0 ? `open to it: ${call.strategies.join(", ")}` : "tell what it does in `overrides`",
    };
  }
  if (call.confidence === "low") {
    return {
      call: call.id,
      code: "low-confidence",
      message: "it may as well be a command: whether it is one is a business decision",
      remedy:
        'decide it in seamcut.config.json, "overrides": [{ "match": "<id>", "verdict": "event", "reason": "…" }], or for one cut, --accept low-confidence',
    };
  }
  if (facts.requestContext) {
    return {
      call: call.id,
      code: "request-context",
      message: "it reads the current request, which a handler does not have",
      remedy: "pass what it needs as an argument; if it does without, --accept request-context",
    };
  }
  const stuck = facts.arguments.find((argument) => !argument.serializable);
  if (stuck) {
    return {
      call: call.id,
      code: "argument-not-serializable",
      message: `the argument ${stuck.name} (${stuck.type}) cannot travel in an event`,
      remedy: "pass ids and values instead",
    };
  }
  return null;
}
