import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult, CallFacts } from "../../src/model/index.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/failures");
});
const having = (fact: keyof CallFacts) =>
  result.calls
    .filter((call) => call.facts[fact] === true && call.callee.symbol !== "Ledger.withTransaction")
    .map((call) => call.caller.symbol.slice("Orders.".length));

describe("how a callee fails", () => {
  test("on purpose, early or late", () => {
    expect(having("canThrow")).toEqual(["refusesFirst", "refusesLate", "refusesFirstDeeply", "refusesLateDeeply"]);
    expect(having("refusesFirst")).toEqual(["refusesFirst", "refusesFirstDeeply"]);
  });

  test("by passing a technical failure on", () => {
    expect(having("failsTechnically")).toEqual(["wrapped"]);
  });

  test("without anybody above hearing of it", () => {
    expect(having("swallowsFailures")).toEqual(["quiet", "later", "quietlyLeftAlone"]);
  });
});

test("a promise that is left alone is an unhandled rejection, unless the callee swallows its failures", () => {
  expect(having("leftAlone")).toEqual(["leftAlone", "letGo", "quietlyLeftAlone"]);
  const told = result.diagnostics.filter((entry) => entry.code === "SC1020");
  expect(told.map((entry) => entry.message)).toEqual(
    Array(2).fill("nobody waits for Ledger.book or handles its failure"),
  );
  const reasons = result.calls.filter((call) => call.reasons.some((reason) => reason.code === "unhandled-rejection"));
  expect(reasons.map((call) => call.caller.symbol)).toEqual(["Orders.leftAlone", "Orders.letGo"]);
});

test.each(["bound", "boundBefore"])("an instance that was made for the transaction shares it: %s", (caller) => {
  const call = result.calls.find(({ id }) => id === `orders:Orders.${caller}->ledger:Ledger.book`);
  expect(call?.facts).toMatchObject({ handlePassed: true, inTransaction: true });
  expect(call?.verdict).toBe("command");
});

test("the injected request and providers that live as long as one are the request", () => {
  expect(having("requestContext")).toEqual(["address", "size"]);
  const call = result.calls.find(({ caller }) => caller.symbol === "Orders.address");
  expect(call?.facts.evidence.request?.path).toEqual(["Visitors.address"]);
});
