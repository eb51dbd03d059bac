import { beforeAll, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/sql");
});
const factsOf = (method: string) => callOf(result, `Orders.${method}`).facts;

test.each(["poolInsert", "taggedWrite", "houseWrite"])("%s changes the table that its SQL names", (method) => {
  expect(factsOf(method)).toMatchObject({ effect: "write", writes: ["entries"] });
});

test.each(["poolOne", "taggedRead", "houseRead"])("%s reads it", (method) => {
  expect(factsOf(method)).toMatchObject({ effect: "read", reads: ["entries"] });
});

test("SQL that is put together elsewhere: the client's member says as much as can be said", () => {
  expect(factsOf("poolBuilt")).toMatchObject({ effect: "read", reads: ["sql"] });
});

test("telling listeners of the database is publishing", () => {
  expect(factsOf("houseTell")).toMatchObject({ effect: "write", publishes: true });
});

test("text that is no SQL, or that nothing runs, says nothing", () => {
  expect(factsOf("houseText")).toMatchObject({ effect: "none" });
});

test.each(["byNode", "byName"])("an assertion refuses: %s", (method) => {
  expect(callOf(result, `Orders.${method}`)).toMatchObject({ verdict: "guard", facts: { canThrow: true } });
});

test("a helper whose answer is used asserts nothing", () => {
  expect(factsOf("computes")).toMatchObject({ effect: "none", canThrow: false });
});
