import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/refusals");
});

describe("whether a callee can refuse on purpose", () => {
  test.each(["limit", "deepLimit", "asyncLimit", "rejecting", "detachedSync", "inCallback"])("%s can", (method) => {
    expect(callOf(result, `Orders.${method}`).facts.canThrow).toBe(true);
  });

  test.each([
    ["forgiving", "its own catch answers"],
    ["wrapping", "a technical failure thrown on is no veto"],
    ["detached", "a promise that nobody waits for cannot veto"],
    ["calm", "it throws nothing"],
  ])("%s cannot: %s", (method) => {
    expect(callOf(result, `Orders.${method}`).facts.canThrow).toBe(false);
  });

  test("the evidence leads to the throw", () => {
    const { veto } = callOf(result, "Orders.deepLimit").facts.evidence;
    expect(veto?.path).toEqual(["Credit.deepLimit", "Credit.limit"]);
    expect(veto?.location.start.line).toBe(5);
  });
});

describe("whether the caller swallows a failure", () => {
  test.each(["swallowed", "swallowedPromise", "quietPromise", "nothingLeftOut", "everyRound"])("in %s", (method) => {
    expect(callOf(result, `Catching.${method}`).facts.caught).toBe(true);
  });

  test.each([
    "rethrown",
    "answered",
    "noted",
    "leftOut",
    "nextRound",
    "respondedTo",
    "respondedLater",
    "handlerThrows",
    "finallyOnly",
    "inHandler",
    "passedOn",
  ])("not in %s", (method) => {
    expect(callOf(result, `Catching.${method}`).facts.caught).toBe(false);
  });
});
