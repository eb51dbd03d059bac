import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/callbacks");
});
const factsOf = (caller: string) => callOf(result, caller).facts;

test("a function that calls made is followed to its body", () => {
  expect(factsOf("Orders.made")).toMatchObject({ effect: "write", writes: ["Entry"], effectKnown: true });
});

describe("a function given to own code", () => {
  test.each(["run", "handOn", "runInside", "runSecond"])(
    "runs where that code calls it, directly or not: %s",
    (method) => {
      expect(factsOf(`Orders.${method}`)).toMatchObject({ effect: "write", runsCallersWork: true });
    },
  );

  test.each(["keep", "wrap"])("has not run where it is kept or wrapped: %s", (method) => {
    expect(factsOf(`Orders.${method}`)).toMatchObject({ writes: [], runsCallersWork: false });
  });

  test("has not run where it answers requests to come", () => {
    expect(factsOf("Web.start")).toMatchObject({ effect: "none", effectKnown: true });
  });
});

describe("a function that an object holds", () => {
  test.each(["allowed", "allowedByConfig"])("is the business of whoever put it there: %s", (method) => {
    expect(factsOf(`Orders.${method}`)).toMatchObject({ effect: "none", effectKnown: true });
  });

  test("a method without any body is something that could not be seen, and is named", () => {
    const call = callOf(result, "Orders.checked");
    expect(call).toMatchObject({ verdict: "unknown", facts: { effectKnown: false } });
    expect(call.facts.evidence.unseen).toMatchObject({ what: "check", path: ["Ledger.checked"] });
    expect(call.reasons[0]?.message).toBe("no body of check, which Ledger.checked calls, was found to look into");
  });
});
