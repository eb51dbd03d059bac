import { describe, expect, test } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { computesOnly } from "../../src/classify/rules/computes-only.ts";
import { followsUp } from "../../src/classify/rules/follows-up.ts";
import { isRefusable } from "../../src/classify/rules/is-refusable.ts";
import { readsAfterwards } from "../../src/classify/rules/reads-afterwards.ts";
import { readsOnly } from "../../src/classify/rules/reads-only.ts";
import { sharesTransaction } from "../../src/classify/rules/shares-transaction.ts";
import { unseen } from "../../src/classify/rules/unseen.ts";
import { usesOutcome } from "../../src/classify/rules/uses-outcome.ts";
import { vetoes } from "../../src/classify/rules/vetoes.ts";
import { writesForCaller } from "../../src/classify/rules/writes-for-caller.ts";
import type { CallFacts } from "../../src/model/index.ts";
import { callWith, evidenceOf, READING, WRITING } from "../support/call.ts";

const refusing = (facts: Partial<CallFacts> = {}): Partial<CallFacts> => ({
  ...facts,
  canThrow: true,
  evidence: { ...facts.evidence, veto: evidenceOf("throws", "StockService.reserve") },
});

/** One argument that is an object: an event, a line of a log. */
const ENTRY = [{ name: "entry", type: "LogEntry", serializable: true }] as const;

describe("unseen", () => {
  test("no body and no known effect: unknown, naming what is missing", () => {
    const decision = unseen.decide(callWith({ effectKnown: false }));
    expect(decision?.verdict).toBe("unknown");
    expect(decision?.reasons[0]).toMatchObject({
      code: "effect-unknown",
      message: "no body of StockService.reserve was found to look into",
    });
  });

  test("leaves a call alone of which anything is known", () => {
    expect(unseen.decide(callWith({ effectKnown: true }))).toBeNull();
    expect(unseen.decide(callWith({ effectKnown: false, ...WRITING }))).toBeNull();
    expect(unseen.decide(callWith(refusing({ effectKnown: false, resultUsed: false })))).toBeNull();
    expect(unseen.decide(callWith(refusing({ effectKnown: false })))?.verdict).toBe("unknown");
  });
});

describe("vetoes", () => {
  test("a value that only decides about a refusal, and no write: guard", () => {
    const refusing = { ...READING, usedOnlyToRefuse: true };
    expect(vetoes.decide(callWith(refusing))).toMatchObject({ verdict: "guard", confidence: "medium" });
    expect(vetoes.decide(callWith(refusing, "StockService.checkLevel"))?.confidence).toBe("high");
  });

  test("comparing two values is no guard of its own, and neither is changing what was given", () => {
    expect(vetoes.decide(callWith({ usedOnlyToRefuse: true }, "isSame"))).toBeNull();
    expect(vetoes.decide(callWith({ usedOnlyToRefuse: true }, "canSee"))?.verdict).toBe("guard");
    expect(vetoes.decide(callWith({ resultUsed: false, canThrow: true, changesGiven: true }, "Order.fill"))).toBeNull();
  });

  test("a check that throws and whose value nobody uses: guard", () => {
    expect(vetoes.decide(callWith(refusing({ resultUsed: false })))?.verdict).toBe("guard");
  });

  test("a limit that counts its own tries: guard, with little confidence", () => {
    const decision = vetoes.decide(callWith({ ...WRITING, usedOnlyToRefuse: true }, "Limits.checkTries"));
    expect(decision).toMatchObject({ verdict: "guard", confidence: "low" });
    expect(decision?.reasons[0]?.code).toBe("validator-name");
  });

  test("a write whose answer decides is no guard without a check's name", () => {
    expect(vetoes.decide(callWith({ ...WRITING, usedOnlyToRefuse: true }))).toBeNull();
  });

  test("a used value, or nothing to throw, is no guard", () => {
    expect(vetoes.decide(callWith(READING))).toBeNull();
    expect(vetoes.decide(callWith({ ...READING, resultUsed: false }))).toBeNull();
  });
});

describe("computes-only", () => {
  test("no effect: pure", () => {
    expect(computesOnly.decide(callWith())).toMatchObject({ verdict: "pure", confidence: "high" });
  });

  test("with little confidence where the value is not used or a body is missing", () => {
    expect(computesOnly.decide(callWith({ resultUsed: false }))?.confidence).toBe("low");
    expect(computesOnly.decide(callWith({ effectKnown: false }))?.confidence).toBe("low");
  });

  test("leaves readers and writers alone", () => {
    expect(computesOnly.decide(callWith(READING))).toBeNull();
    expect(computesOnly.decide(callWith(WRITING))).toBeNull();
  });
});

describe("reads-only", () => {
  test("a reader whose value is used: query", () => {
    expect(readsOnly.decide(callWith(READING))).toMatchObject({ verdict: "query", confidence: "high" });
  });

  test("a reader whose value nobody uses is a probe: guard", () => {
    expect(readsOnly.decide(callWith({ ...READING, resultUsed: false }))).toMatchObject({
      verdict: "guard",
      confidence: "low",
    });
  });

  test("leaves writers alone", () => {
    expect(readsOnly.decide(callWith(WRITING))).toBeNull();
  });
});

describe("uses-outcome", () => {
  test("a writer whose value is used: command", () => {
    expect(usesOutcome.decide(callWith({ ...WRITING, resultUsed: true }))).toMatchObject({
      verdict: "command",
      confidence: "high",
    });
  });

  test("a getter that fills a cache on the way: query", () => {
    const facts = { ...WRITING, resultUsed: true, writes: ["cache"], reads: ["Stock"] };
    expect(usesOutcome.decide(callWith(facts, "StockService.getLevel"))?.verdict).toBe("query");
  });

  test("a getter that writes a table is a command all the same", () => {
    const facts = { ...WRITING, resultUsed: true, reads: ["Stock"] };
    expect(usesOutcome.decide(callWith(facts, "StockService.getLevel"))?.verdict).toBe("command");
  });

  test("leaves a value alone that nobody uses", () => {
    expect(usesOutcome.decide(callWith(WRITING))).toBeNull();
  });
});

describe("is-refusable", () => {
  test("a write that may refuse, awaited: command, the surer when the caller writes afterwards", () => {
    expect(isRefusable.decide(callWith(refusing(WRITING)))).toMatchObject({ verdict: "command", confidence: "medium" });
    const decision = isRefusable.decide(callWith(refusing({ ...WRITING, beforeOwnWrite: true })));
    expect(decision?.confidence).toBe("high");
    expect(decision?.reasons.map((reason) => reason.code)).toContain("write-follows");
  });

  test("leaves a refusal alone that is swallowed, not waited for, or cannot come", () => {
    expect(isRefusable.decide(callWith(refusing({ ...WRITING, caught: true })))).toBeNull();
    expect(isRefusable.decide(callWith(refusing({ ...WRITING, awaited: false })))).toBeNull();
    expect(isRefusable.decide(callWith(WRITING))).toBeNull();
  });
});

describe("shares-transaction", () => {
  test("given the caller's transaction: command", () => {
    const decision = sharesTransaction.decide(callWith({ ...WRITING, handlePassed: true, inTransaction: true }));
    expect(decision).toMatchObject({ verdict: "command", confidence: "high" });
  });

  test("merely inside a transaction is not enough", () => {
    expect(sharesTransaction.decide(callWith({ ...WRITING, inTransaction: true }))).toBeNull();
  });
});

describe("reads-afterwards", () => {
  test("what follows reads what it wrote: command", () => {
    expect(readsAfterwards.decide(callWith({ ...WRITING, readAfterWrite: true }))?.verdict).toBe("command");
  });

  test("not where nobody waits for the write or its failure is swallowed", () => {
    expect(readsAfterwards.decide(callWith({ ...WRITING, readAfterWrite: true, awaited: false }))).toBeNull();
    expect(readsAfterwards.decide(callWith({ ...WRITING, readAfterWrite: true, caught: true }))).toBeNull();
    expect(readsAfterwards.decide(callWith(WRITING))).toBeNull();
  });
});

describe("follows-up", () => {
  test.each<[string, Partial<CallFacts>, string]>([
    ["it is handed to a queue", { publishes: true }, "StockService.reserve"],
    ["nobody waits for it", { awaited: false }, "StockService.reserve"],
    ["its failure is swallowed", { caught: true }, "StockService.reserve"],
    ["it is a message to somebody", { writesOutside: true, writes: ["mail"] }, "StockService.reserve"],
    ["it drops a cache entry", { writesOutside: true, writes: ["cache"] }, "StockCache.clear"],
    ["it cleans up after a deletion", { afterOwnDelete: true }, "StockService.removeOfOrder"],
    ["it is told what has happened", {}, "StockService.orderPlaced"],
    ["it belongs to a bystander", {}, "AuditLog.add"],
  ])("event, because %s", (_, facts, symbol) => {
    expect(followsUp.decide(callWith({ ...WRITING, ...facts }, symbol))?.verdict).toBe("event");
  });

  test("two signs are surer than one", () => {
    expect(followsUp.decide(callWith(WRITING, "StockService.orderPlaced"))?.confidence).toBe("low");
    expect(followsUp.decide(callWith({ ...WRITING, awaited: false }))?.confidence).toBe("medium");
    expect(followsUp.decide(callWith({ ...WRITING, awaited: false, caught: true }))?.confidence).toBe("high");
  });

  test("not for coming after the caller's own write: the second half of an operation does as well", () => {
    expect(followsUp.decide(callWith({ ...WRITING, afterOwnWrite: true }))).toBeNull();
    expect(followsUp.decide(callWith({ ...WRITING, afterOwnWrite: true, beforeOwnWrite: true }))).toBeNull();
  });

  test("not for being outside the database alone: a payment is, too", () => {
    expect(followsUp.decide(callWith({ ...WRITING, writesOutside: true, writes: ["payment"] }))).toBeNull();
    expect(followsUp.decide(callWith({ ...WRITING, writesOutside: true, writes: ["cache"] }))).toBeNull();
  });

  test("for swallowing its own failures: then nobody can rely on what it does", () => {
    const decision = followsUp.decide(callWith({ ...WRITING, swallowsFailures: true }));
    expect([decision?.verdict, decision?.reasons.map(({ code }) => code).includes("swallows-failures")]).toEqual([
      "event",
      true,
    ]);
    expect(readsAfterwards.decide(callWith({ ...WRITING, readAfterWrite: true }))?.verdict).toBe("command");
    expect(readsAfterwards.decide(callWith({ ...WRITING, readAfterWrite: true, swallowsFailures: true }))).toBeNull();
  });

  test("a code that is kept in a cache and deleted is revoked, and that cannot wait", () => {
    const facts = { ...WRITING, writesOutside: true, writes: ["cache"] };
    expect(followsUp.decide(callWith(facts, "VerificationCode.delete"))).toBeNull();
    expect(followsUp.decide(callWith(facts, "PriceCache.delete"))?.verdict).toBe("event");
  });

  test("not where the caller could not have waited", () => {
    expect(followsUp.decide(callWith({ ...WRITING, awaited: false, couldWait: false }))).toBeNull();
  });

  test("not without any sign", () => {
    expect(followsUp.decide(callWith(WRITING))).toBeNull();
  });
});

describe("writes-for-caller", () => {
  test("the careful answer for every other write", () => {
    expect(writesForCaller.decide(callWith(WRITING))).toMatchObject({ verdict: "command", confidence: "low" });
  });
});

describe("classify", () => {
  const decide = (facts: Partial<CallFacts>, symbol?: string) => classify([callWith(facts, symbol)])[0];

  test("a veto is looked for before anything else is concluded", () => {
    expect(decide(refusing({ ...READING, resultUsed: false, afterOwnWrite: true }), "AuditLog.record")?.verdict).toBe(
      "guard",
    );
  });

  test("says in every verdict where the call runs", () => {
    const call = decide({ ...READING, inTransaction: true, inLoop: true, requestContext: true });
    expect(call?.reasons.map((reason) => reason.code)).toEqual([
      "result-used",
      "callee-reads",
      "callee-never-refuses",
      "in-transaction",
      "in-loop",
      "request-context",
    ]);
  });

  test("what already goes to a bus can be adopted", () => {
    const publishing = { ...WRITING, updates: ["bus"], publishes: true };
    expect(decide(publishing)?.strategies).toEqual(["event", "adopt"]);
    expect(decide(WRITING)?.strategies).toEqual(["port", "command"]);
  });

  test("a log that is appended to after the write can miss a line", () => {
    const told = decide({ ...WRITING, arguments: ENTRY, awaited: false, updates: [], afterOwnWrite: true });
    expect(told?.reasons.map((entry) => entry.code)).toContain("published-without-outbox");
    // A command that inserts is no message.
    const inserted = decide({ ...WRITING, arguments: ENTRY, updates: [], afterOwnWrite: true });
    expect(inserted?.reasons.map((entry) => entry.code)).not.toContain("published-without-outbox");
  });

  test("so can a log of own making: nothing that is there is changed", () => {
    const appending = { ...WRITING, arguments: ENTRY, awaited: false, updates: [] };
    expect(decide(appending)?.strategies).toEqual(["event", "adopt"]);
    // Told what happened in words of its own, it is somebody's business and no log.
    const [entry] = ENTRY;
    expect(decide({ ...appending, arguments: [entry, entry] })?.strategies).toEqual(["event"]);
    expect(decide({ ...appending, updates: ["Stock"] })?.strategies).toEqual(["event"]);
    // A mail is sent, and kept nowhere.
    expect(decide({ ...appending, writes: ["mail"], writesOutside: true })?.strategies).toEqual(["event"]);
  });

  test.each([
    [{ inTransaction: true }, "published-before-commit"],
    [{ afterOwnWrite: true }, "published-without-outbox"],
    [{ caught: true }, "publish-failure-swallowed"],
    [{ swallowsFailures: true }, "publish-failure-swallowed"],
  ])("what can happen to a message beside the database: %o", (facts, code) => {
    const codes = (publishes: boolean) =>
      decide({ ...WRITING, updates: ["Stock"], ...facts, publishes })?.reasons.map((entry) => entry.code);
    expect(codes(true)).toContain(code);
    expect(codes(false)).not.toContain(code);
  });

  test.each([
    ["by call id", "orders:OrdersService.place->stock:StockService.reserve"],
    ["by callee", "stock:StockService.reserve"],
  ])("a person's decision stands above every rule, %s", (_, match) => {
    const [call] = classify(
      [callWith({ ...WRITING, updates: ["Stock"] })],
      [{ match, verdict: "event", reason: "settled nightly" }],
    );
    expect(call).toMatchObject({ verdict: "event", confidence: "high", strategies: ["event"] });
    expect(call?.reasons).toEqual([
      { code: "override", message: "decided in the configuration: settled nightly", location: call?.location },
    ]);
  });

  test("an override of something else changes nothing", () => {
    const override = { match: "stock:StockService.release", verdict: "event", reason: "no" } as const;
    expect(classify([callWith(WRITING)], [override])[0]?.verdict).toBe("command");
  });
});
