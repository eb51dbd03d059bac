import { expect, test } from "vitest";
import type { DeclaredLeaf } from "../../src/model/index.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";

const scan = (...leaves: DeclaredLeaf[]) => analyzeFixture("facts/failures", { leaves });
const factsOf = (result: Awaited<ReturnType<typeof scan>>, caller: string) =>
  result.calls.find((call) => call.caller.symbol === caller)?.facts;
const reason = "the ledger is a log that nobody reads back";

test("what is declared of a function stands above its body, for everything that calls it", async () => {
  const result = await scan({ match: "ledger:Ledger.book", effect: "none", reason });
  expect(factsOf(result, "Orders.plain")).toMatchObject({ effect: "none", writes: [], effectKnown: true });
  expect(factsOf(result, "Orders.quiet")).toMatchObject({ effect: "none" });
  // Another way to the table is not meant.
  expect(factsOf(result, "Orders.refusesFirst")).toMatchObject({ effect: "write" });
  const quiet = result.calls.find((call) => call.caller.symbol === "Orders.quiet");
  expect(quiet?.reasons).toContainEqual(
    expect.objectContaining({ code: "leaf-declared", message: `Ledger.book as the configuration says: ${reason}` }),
  );
});

test("a declared publisher hands over to somebody", async () => {
  const result = await scan({ match: "ledger:Ledger.book", effect: "publish", reason });
  expect(result.calls.find((call) => call.caller.symbol === "Orders.plain")).toMatchObject({
    verdict: "event",
    strategies: ["event", "adopt"],
    facts: { publishes: true, writes: ["Entry"] },
  });
});

test("whether it refuses is declared apart", async () => {
  const calm = await scan({ match: "ledger:Ledger.bookPositive", effect: "write", refuses: false, reason });
  expect(factsOf(calm, "Orders.refusesFirst")).toMatchObject({ effect: "write", canThrow: false });
  const strict = await scan({ match: "ledger:Ledger.book", effect: "read", refuses: true, reason });
  expect(factsOf(strict, "Orders.plain")).toMatchObject({ effect: "read", canThrow: true });
});

test("a declaration that no function is told of", async () => {
  const result = await scan({ match: "ledger:Ledger.boook", effect: "none", reason });
  expect(result.diagnostics).toContainEqual(
    expect.objectContaining({ code: "SC1012", message: "no function is the declared leaf ledger:Ledger.boook" }),
  );
});
