import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import type { CallFacts, Verdict } from "../../src/model/index.ts";
import { callWith, evidenceOf } from "../support/call.ts";

const LABELS = ["Stock", "cache", "queue", "state:StockService.levels", ""];
const SYMBOLS = [
  "StockService.reserve",
  "StockService.checkLevel",
  "StockService.getLevel",
  "AuditLog.record",
  "NotificationsService.orderPlaced",
  "sendMail",
];

/** Facts as the analysis could observe them: what is said of writes, reads and vetoes agrees with the evidence. */
const facts: fc.Arbitrary<CallFacts> = fc
  .record({
    resultUsed: fc.boolean(),
    usedOnlyToRefuse: fc.boolean(),
    awaited: fc.boolean(),
    couldWait: fc.boolean(),
    effectKnown: fc.boolean(),
    canThrow: fc.boolean(),
    refusesFirst: fc.boolean(),
    failsTechnically: fc.boolean(),
    swallowsFailures: fc.boolean(),
    leftAlone: fc.boolean(),
    changesGiven: fc.boolean(),
    caught: fc.boolean(),
    inTransaction: fc.boolean(),
    handlePassed: fc.boolean(),
    inLoop: fc.boolean(),
    readAfterWrite: fc.boolean(),
    afterOwnWrite: fc.boolean(),
    beforeOwnWrite: fc.boolean(),
    afterOwnDelete: fc.boolean(),
    besideOwnWrite: fc.boolean(),
    ownWriteFollows: fc.boolean(),
    runsCallersWork: fc.boolean(),
    inListener: fc.boolean(),
    inInterface: fc.boolean(),
    requestContext: fc.boolean(),
    publishes: fc.boolean(),
    writesOutside: fc.boolean(),
    writes: fc.uniqueArray(fc.constantFrom(...LABELS)),
    reads: fc.uniqueArray(fc.constantFrom(...LABELS)),
  })
  .map((drawn) => ({
    ...drawn,
    arguments: [],
    updates: drawn.writes.slice(1),
    usedOnlyToRefuse: drawn.usedOnlyToRefuse && drawn.resultUsed,
    effect: drawn.writes.length > 0 ? "write" : drawn.reads.length > 0 ? "read" : "none",
    evidence: {
      ...(drawn.writes.length > 0 && { write: evidenceOf("writes", "StockService.reserve") }),
      ...(drawn.reads.length > 0 && { read: evidenceOf("reads", "StockService.reserve") }),
      ...(drawn.canThrow && { veto: evidenceOf("throws", "StockService.reserve") }),
    },
  }));

function verdictOf(drawn: CallFacts, symbol: string): Verdict | undefined {
  return classify([callWith(drawn, symbol)])[0]?.verdict;
}

const calls = fc.tuple(facts, fc.constantFrom(...SYMBOLS));
const many = { numRuns: 5000 };

describe("what must never be called an event, whatever the facts", () => {
  test("a call that writes nothing", () => {
    fc.assert(
      fc.property(calls, ([drawn, symbol]) => {
        fc.pre(drawn.effect !== "write");
        expect(verdictOf(drawn, symbol)).not.toBe("event");
      }),
      many,
    );
  });

  test("a call that may refuse, and whose refusal reaches the caller", () => {
    fc.assert(
      fc.property(calls, ([drawn, symbol]) => {
        fc.pre(drawn.canThrow && !drawn.caught && drawn.awaited);
        expect(verdictOf(drawn, symbol)).not.toBe("event");
      }),
      many,
    );
  });

  test("a call whose value is used, or that shares the caller's transaction", () => {
    fc.assert(
      fc.property(calls, ([drawn, symbol]) => {
        fc.pre(drawn.resultUsed || drawn.handlePassed);
        expect(verdictOf(drawn, symbol)).not.toBe("event");
      }),
      many,
    );
  });
});

test("every call gets one verdict, with reasons, and the same one again", () => {
  fc.assert(
    fc.property(calls, ([drawn, symbol]) => {
      const [first] = classify([callWith(drawn, symbol)]);
      expect(first?.reasons.length).toBeGreaterThan(0);
      expect(classify([callWith(drawn, symbol)])).toEqual([first]);
    }),
    { numRuns: 1000 },
  );
});
