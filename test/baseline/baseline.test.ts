import { describe, expect, test } from "vitest";
import {
  baselineOf,
  baselineWithout,
  compare,
  parseBaseline,
  prune,
  serializeBaseline,
  withFrozenKinds,
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
    "stock": "domain",
    "": ""
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
    const modules = { stock: "shared", gone: "domain" } as const;
    expect(prune({ ...baseline, modules }, result).calls).toEqual(["a"]);
    expect(prune({ ...baseline, modules }, result).modules).toEqual({ stock: "shared" });
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

test("two branches that each bring a module, the last one too, touch no common line", () => {
  const all = serializeBaseline(baselineOf(result)).split("\n");
  for (const from of ["adverts", "zones"]) {
    const more = resultOf([...result.calls, classifiedCall({ id: "b", from })]);
    const grown = serializeBaseline(baselineOf(more)).split("\n");
    expect(grown.filter((line) => !all.includes(line))).toEqual([`    "${from}": "domain",`]);
    expect(all.filter((line) => !grown.includes(line))).toEqual([]);
  }
});

test("the kinds that count, where modules look like something else", () => {
  const looks = resultOf([call("a")], { stock: "shared" });
  const baseline = { version: 1, modules: { stock: "domain", orders: "domain" }, calls: [] } as const;
  const kinds = (configured = {}) => withFrozenKinds(looks, baseline, configured).modules.map(({ kind }) => kind);
  expect(kinds()).toEqual(["domain", "domain"]);
  expect(kinds({ stock: "shared" })).toEqual(["domain", "shared"]);
  expect(withFrozenKinds(looks, baseline, {}).modules[1]?.evidence).toEqual([
    "domain in the baseline, whatever it looks like",
  ]);
  expect(withFrozenKinds(looks, null, {})).toEqual(looks);
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
