import type { Blocked, ClassifiedCall } from "../model/index.ts";

/**
 * Calls that change what another call, which stays direct, changes as well. An event would be overtaken by the direct
 * call: `reserve` as an event beside a direct `release`. Adding rows only is no such change.
 */
export function blockedBySiblings(cut: readonly ClassifiedCall[], all: readonly ClassifiedCall[]): Blocked[] {
  const inCut = new Set(cut.map((call) => call.id));
  const direct = all.filter((call) => !inCut.has(call.id) && call.facts.effect === "write");
  return cut.flatMap((call) => {
    if (call.facts.writesOutside) return [];
    const found = direct.flatMap((sibling) => {
      const shared = sharedChange(call, sibling);
      return shared.length > 0 ? [{ sibling, shared }] : [];
    });
    const [first] = found;
    return first ? [blocked(call, first.sibling, first.shared)] : [];
  });
}

/** Entities that both write and at least one of them changes. */
function sharedChange(call: ClassifiedCall, sibling: ClassifiedCall): string[] {
  return call.facts.writes.filter(
    (entity) =>
      entity !== "" &&
      sibling.facts.writes.includes(entity) &&
      (call.facts.updates.includes(entity) || sibling.facts.updates.includes(entity)),
  );
}

function blocked(call: ClassifiedCall, sibling: ClassifiedCall, shared: readonly string[]): Blocked {
  const isSameEdge = sibling.from === call.from && sibling.to === call.to;
  return {
    call: call.id,
    code: "sibling-call-still-direct",
    message: `${sibling.id} changes ${shared.join(", ")} too, and stays a direct call: it would overtake the event`,
    remedy: isSameEdge
      ? "cut both in one go"
      : "make sure that their order does not matter, then --accept sibling-call-still-direct",
  };
}
