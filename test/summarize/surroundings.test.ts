import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult, CallFacts } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/surroundings");
});
const factsOf = (method: string) => callOf(result, `Orders.${method}`).facts;
const having = (fact: keyof CallFacts) =>
  result.calls
    .filter((call) => call.facts[fact] === true && call.caller.symbol.startsWith("Orders."))
    .map((call) => call.caller.symbol.slice("Orders.".length));

describe("what happens around a call", () => {
  test("runs in a transaction of the caller", () => {
    expect(having("inTransaction")).toEqual([
      "transaction",
      "handed",
      "handle",
      "queryRunner",
      "runnerHanded",
      "decorated",
      "prismaTransaction",
    ]);
  });

  test("is given the caller's transaction", () => {
    expect(having("handlePassed")).toEqual(["handed", "handle", "runnerHanded"]);
  });

  test("runs in a loop; its header runs once", () => {
    expect(having("inLoop")).toEqual(["loop", "whileLoop", "mapped"]);
  });

  test("comes after, or before, a write of the caller", () => {
    expect(having("afterOwnWrite")).toEqual(["afterTransaction", "afterWrite"]);
    expect(having("beforeOwnWrite")).toEqual(["beforeWrite"]);
  });

  test("reads the current request", () => {
    expect(having("requestContext")).toEqual(["personal"]);
  });

  test("is a write whether the handle or the repository carries it out", () => {
    expect(factsOf("plain")).toMatchObject({ effect: "write", writes: ["StockItem"] });
  });

  test("is followed by a read of what it wrote", () => {
    const readers = result.calls.filter((call) => call.facts.readAfterWrite).map((call) => call.id);
    expect(readers).toEqual(["orders:Readers.readsAfterwards->stock:StockService.reserve"]);
  });
});

describe("arguments", () => {
  test("go by the callee's names and types; a transaction cannot travel", () => {
    expect(factsOf("handed").arguments).toEqual([
      { name: "sku", type: "string", serializable: true },
      { name: "manager", type: "EntityManager", serializable: false },
    ]);
  });
});
