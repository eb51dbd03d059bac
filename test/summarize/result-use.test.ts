import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/outcomes");
});
const factsOf = (caller: string) => callOf(result, caller).facts;

describe("whether a call's value is used", () => {
  test.each([
    "bare",
    "letGoSafely",
    "awaited",
    "voided",
    "allDiscarded",
    "allSettledDiscarded",
    "allMapped",
    "allMappedAsync",
    "allSecondOnly",
    "returnedFromVoid",
    "returnedVoid",
    "assignedUnread",
    "thenIgnored",
    "caught",
    "forEach",
    "later",
    "optional",
    "asserted",
  ])("not in %s", (method) => {
    expect(factsOf(`Results.${method}`).resultUsed).toBe(false);
  });

  test.each([
    "allFirst",
    "allWithDefault",
    "allRest",
    "allReturned",
    "returned",
    "returnedWithoutType",
    "arrow",
    "assigned",
    "assignedToField",
    "argument",
    "handedOn",
    "template",
    "conditional",
    "switched",
    "thenUsed",
  ])("in %s", (method) => {
    expect(factsOf(`Results.${method}`).resultUsed).toBe(true);
  });
});

describe("whether somebody waits for a call", () => {
  test.each(["bare", "voided", "thenIgnored", "caught", "forEach", "later"])("nobody in %s", (method) => {
    expect(factsOf(`Results.${method}`).awaited).toBe(false);
  });

  test.each(["awaited", "allDiscarded", "allMapped", "allMappedAsync", "returned", "arrow", "optional", "asserted"])(
    "somebody in %s",
    (method) => {
      expect(factsOf(`Results.${method}`).awaited).toBe(true);
    },
  );
});

describe("whether a value only decides about a refusal", () => {
  test.each([
    "throws",
    "throwsInBlock",
    "throwsOtherwise",
    "returnsFalse",
    "returnsError",
    "derived",
    "property",
    "elementOfAll",
    "isGone",
  ])("in %s", (method) => {
    expect(factsOf(`Tests.${method}`).usedOnlyToRefuse).toBe(true);
  });

  test.each(["skips", "branches", "refusesAndUses", "refusesAndMails", "ignores", "isScarce"])(
    "not in %s",
    (method) => {
      expect(factsOf(`Tests.${method}`).usedOnlyToRefuse).toBe(false);
    },
  );
});
