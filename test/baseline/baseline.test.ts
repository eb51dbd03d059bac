import { describe, expect, test } from "vitest";
import {
  baselineOf,
  baselineWithout,
  compare,
  driftedModules,
  parseBaseline,
  prune,
  serializeBaseline,
  withReason,
} from "../../src/baseline/baseline.ts";
import { classifiedCall } from "../support/call.ts";
import { resultOf } from "../support/result.ts";

const call = (id: string) => classifiedCall({ id });
const result = resultOf([call("b"), call("a#2"), call("a")]);

test("holds the calls by id, one a line and sorted, and the kinds of the modules", () => {
  expect(serializeBaseline(baselineOf(result))).toBe(`{
  "version": 1,
  "modules": {
    "orders": "domain",
    "stock": "domain"
  },
  "calls": [
    "a",
    "a#2",
    "b",
    ""
  ],
  "unresolved": [
    ""
  ]
}
`);
});

test("comes back as it was written", () => {
  const baseline = baselineOf(result);
  expect(parseBaseline(serializeBaseline(baseline), "b.json")).toEqual(baseline);
  expect(parseBaseline(`\uFEFF${serializeBaseline(baseline).replaceAll("\n", "\r\n")}`, "b.json")).toEqual(baseline);
});

describe("findings", () => {
  const baseline = { version: 1, modules: {}, calls: ["gone", "a"] } as const;

  test("new, known and stale", () => {
    expect(compare(result, baseline)).toEqual({ new: ["a#2", "b"], known: ["a"], stale: ["gone"] });
  });

  test("everything is new without a baseline", () => {
    expect(compare(result, null)).toEqual({ new: ["a", "a#2", "b"], known: [], stale: [] });
  });

  test("pruning takes out what is gone and adds nothing", () => {
    expect(prune(baseline, result).calls).toEqual(["a"]);
  });
});

describe("written anew", () => {
  const earlier = {
    version: 1,
    modules: { stock: "shared", gone: "domain" },
    calls: ["a", "was"],
    accepted: { was: "soon gone", gone: "x" },
  } as const;

  test("keeps the kinds that were frozen, unless the configuration says otherwise", () => {
    expect(baselineOf(result, {}, earlier).modules).toEqual({ orders: "domain", stock: "shared" });
    expect(baselineOf(result, { stock: "composition" }, earlier).modules.stock).toBe("composition");
  });

  test("keeps why calls were accepted, as long as they are there", () => {
    const accepted = withReason(baselineOf(result), ["b"], "needed until spring");
    expect(accepted.accepted).toEqual({ b: "needed until spring" });
    expect(parseBaseline(serializeBaseline(accepted), "b.json")).toEqual(accepted);
    expect(baselineWithout(accepted, ["b"]).accepted).toBeUndefined();
  });

  test("renamed calls stay, with their reasons", () => {
    expect(prune(earlier, result, new Map([["b", "was"]]))).toMatchObject({
      calls: ["a", "b"],
      accepted: { b: "soon gone" },
    });
  });
});

test("two branches that each remove a call, the last one too, touch no common line", () => {
  const all = serializeBaseline(baselineOf(result)).split("\n");
  for (const id of ["a", "a#2", "b"]) {
    const without = serializeBaseline(baselineWithout(baselineOf(result), [id])).split("\n");
    expect(all.filter((line) => !without.includes(line))).toEqual([`    "${id}",`]);
    expect(without.filter((line) => !all.includes(line))).toEqual([]);
  }
});

test("modules that became another kind; modules that the baseline does not know are none", () => {
  const shared = resultOf([call("a")], { stock: "shared" });
  const baseline = { version: 1, modules: { stock: "domain", gone: "domain" }, calls: [] } as const;
  expect(driftedModules(shared, baseline)).toEqual([{ id: "stock", was: "domain", is: "shared" }]);
  expect(driftedModules(resultOf([]), baseline)).toEqual([]);
});

describe("what is not a baseline", () => {
  test.each([
    ["no JSON", "{"],
    ["nothing", "null"],
    ["another version", '{ "version": 2, "modules": {}, "calls": [] }'],
    ["no calls", '{ "version": 1, "modules": {} }'],
    ["calls that are no ids", '{ "version": 1, "modules": {}, "calls": [1] }'],
    ["no modules", '{ "version": 1, "calls": [] }'],
    ["an unknown kind", '{ "version": 1, "modules": { "orders": "toString" }, "calls": [] }'],
  ])("%s", (_, text) => {
    expect(() => parseBaseline(text, "seamcut-baseline.json")).toThrow(
      expect.objectContaining({ code: "SC2007", message: expect.stringContaining("seamcut-baseline.json") }),
    );
  });
});
