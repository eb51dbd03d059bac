import { describe, expect, test } from "vitest";
import type { AnalysisResult, ClassifiedCall, ModuleKind } from "../../src/model/index.ts";
import { blockedReason } from "../../src/plan/blocked.ts";
import { findCycles } from "../../src/plan/cycles.ts";
import { planMigration } from "../../src/plan/plan-migration.ts";
import { callWith, classifiedCall, WRITING } from "../support/call.ts";
import { resultOf } from "../support/result.ts";

const { facts: writing } = callWith(WRITING);

function plan(calls: readonly ClassifiedCall[], kinds: Readonly<Record<string, ModuleKind>> = {}) {
  const result: AnalysisResult = resultOf(calls, kinds);
  return planMigration(result);
}

const edge = (from: string, to: string, change: Partial<ClassifiedCall> = {}) =>
  classifiedCall({ from, to, ...change });

describe("steps", () => {
  test("cheap edges first: fewer calls, no doubt, nothing that stays", () => {
    const steps = plan([
      edge("orders", "mail"),
      edge("orders", "mail", { id: "second" }),
      edge("orders", "audit"),
      edge("orders", "stock"),
      edge("orders", "stock", { id: "query", verdict: "query", reasons: [] }),
      edge("stock", "audit", { confidence: "medium" }),
    ]).steps;
    expect(steps.map(({ from, to, cost, cut }) => [from, to, cost, cut.length])).toEqual([
      ["orders", "audit", 2, 1],
      ["orders", "mail", 4, 2],
      ["stock", "audit", 4, 1],
      ["orders", "stock", 5, 1],
    ]);
  });

  test("edges that are no seam come last", () => {
    const steps = plan([edge("orders", "shared"), edge("orders", "mail", { confidence: "medium" })], {
      shared: "shared",
    }).steps;
    expect(steps.map(({ to }) => to)).toEqual(["mail", "shared"]);
  });

  test("says what a cut frees, and what stays", () => {
    const steps = plan([
      edge("orders", "mail"),
      edge("orders", "audit"),
      edge("stock", "audit"),
      edge("orders", "stock"),
      edge("orders", "stock", { id: "guard", verdict: "guard" }),
    ]).steps;
    expect(steps.map(({ from, to, frees, left }) => [from, to, frees, left])).toEqual([
      ["orders", "audit", "orders of audit being up", {}],
      ["orders", "mail", "mail has no direct caller left", {}],
      ["stock", "audit", "stock of audit being up", {}],
      ["orders", "stock", "orders no longer waits for stock here; other calls remain", { guard: 1 }],
    ]);
  });

  test("an edge with nothing to cut is no step", () => {
    const { steps, blocked } = plan([edge("orders", "stock", { verdict: "query" })]);
    expect(steps).toEqual([]);
    expect(blocked.map(({ code }) => code)).toEqual(["verdict-not-event"]);
  });
});

describe("what blocks a call", () => {
  test.each<[string, Partial<ClassifiedCall>, string | null]>([
    ["nothing", {}, null],
    ["another verdict", { verdict: "guard", strategies: ["port"] }, "verdict-not-event"],
    ["little confidence", { confidence: "low" }, "low-confidence"],
    ["the current request", { facts: { ...writing, requestContext: true } }, "request-context"],
    [
      "an argument that cannot travel",
      { facts: { ...writing, arguments: [{ name: "manager", type: "EntityManager", serializable: false }] } },
      "argument-not-serializable",
    ],
  ])("%s", (_, change, code) => {
    expect(blockedReason(classifiedCall(change))?.code ?? null).toBe(code);
  });

  test("comes with what would unblock it", () => {
    expect(blockedReason(classifiedCall({ verdict: "guard", strategies: ["port"] }))?.remedy).toBe("open to it: port");
    expect(blockedReason(classifiedCall({ verdict: "unknown", strategies: [] }))?.remedy).toContain("overrides");
  });
});

describe("rings", () => {
  const ring = (...edges: readonly [string, string][]) => findCycles(edges.map(([from, to]) => ({ from, to })));

  test("none in a tree, nor in a diamond", () => {
    expect(ring(["a", "b"], ["a", "c"], ["b", "d"], ["c", "d"])).toEqual([]);
  });

  test("of two, of three, and two that share a module are one", () => {
    expect(ring(["b", "a"], ["a", "b"])).toEqual([["a", "b"]]);
    expect(ring(["a", "b"], ["b", "c"], ["c", "a"], ["x", "a"])).toEqual([["a", "b", "c"]]);
    expect(ring(["a", "b"], ["b", "a"], ["b", "c"], ["c", "b"])).toEqual([["a", "b", "c"]]);
  });

  test("apart", () => {
    expect(ring(["z", "y"], ["y", "z"], ["a", "b"], ["b", "a"], ["b", "z"])).toEqual([
      ["a", "b"],
      ["y", "z"],
    ]);
  });
});

test("the same calls in another order give the same plan", () => {
  const calls = [edge("orders", "mail"), edge("stock", "mail"), edge("mail", "orders"), edge("orders", "stock")];
  const { steps, cycles } = plan(calls);
  const again = plan([...calls].reverse());
  expect([again.steps, again.cycles]).toEqual([steps, cycles]);
});
