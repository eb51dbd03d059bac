import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

let result: AnalysisResult;
beforeAll(async () => {
  result = await analyzeFixture("facts/effects");
});
const factsOf = (method: string) => callOf(result, `Desk.${method}`).facts;

describe("what a callee does, followed to its leaves", () => {
  test.each([
    ["callOpen", "state:opened"],
    ["typeormSave", "Book"],
    ["queryBuilderUpdate", "Book"],
    ["rawLock", "book"],
    ["prismaCreate", "Book"],
    ["httpPost", "http"],
    ["fetchPost", "http"],
    ["fileWrite", "file"],
    ["mail", "mail"],
    ["queue", "queue"],
    ["emit", "bus"],
    ["cacheSet", "cache"],
    ["stateWrite", "state:Library.lent"],
    ["deep", "Book"],
    ["inCallback", "Book"],
    ["both", "Book"],
    ["recursive", "state:Library.lent"],
  ])("%s writes %s", (method, label) => {
    expect(factsOf(method)).toMatchObject({ effect: "write", writes: [label] });
  });

  test.each([
    ["callIsOpen", "state:opened"],
    ["typeormFind", "Book"],
    ["queryBuilderSelect", "Book"],
    ["rawSelect", "book"],
    ["prismaFind", "Book"],
    ["httpGet", "http"],
    ["fileRead", "file"],
    ["cacheGet", "cache"],
    ["stateRead", "state:Library.lent"],
  ])("%s reads %s", (method, label) => {
    expect(factsOf(method)).toMatchObject({ effect: "read", writes: [], reads: [label] });
  });

  test.each(["callLimit", "memo", "log", "startup", "compute", "closure"])("%s does neither", (method) => {
    expect(factsOf(method)).toMatchObject({ effect: "none", effectKnown: true, writes: [], reads: [] });
  });

  test("handing over to a queue or an emitter is publishing", () => {
    const publishing = result.calls.filter((call) => call.facts.publishes).map((call) => call.caller.symbol);
    expect(publishing).toEqual(["Desk.queue", "Desk.emit"]);
  });

  test("what no transaction could take back is outside", () => {
    const outside = result.calls.filter((call) => call.facts.writesOutside).map((call) => call.caller.symbol);
    expect(outside).toEqual([
      "Desk.httpPost",
      "Desk.fetchPost",
      "Desk.fileWrite",
      "Desk.mail",
      "Desk.queue",
      "Desk.cacheSet",
    ]);
  });

  test("the evidence names the way to the leaf", () => {
    expect(factsOf("deep").evidence.write).toEqual({
      what: "Book",
      path: ["Library.deep", "Library.middle", "Library.inner"],
      location: {
        file: "src/library/library.ts",
        start: { line: 169, column: 22 },
        end: { line: 169, column: 26 },
      },
    });
  });
});
