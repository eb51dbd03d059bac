import { describe, expect, test } from "vitest";
import { type FindingPolicy, findFindings } from "../../src/baseline/findings.ts";
import type { Baseline, Finding } from "../../src/model/index.ts";
import { classifiedCall } from "../support/call.ts";
import { resultOf } from "../support/result.ts";

const POLICY: FindingPolicy = {
  keep: [],
  kinds: {},
  severities: [],
  stale: "error",
  unresolved: "warning",
  today: "2026-03-01",
  symbols: new Set(),
  changed: null,
};
const CALL = classifiedCall();
const EMPTY: Baseline = { version: 1, modules: {}, calls: [] };
const shown = (findings: readonly Finding[]) => findings.map(({ kind, severity, id }) => `${kind} ${severity} ${id}`);
const found = (policy: Partial<FindingPolicy> = {}, baseline: Baseline | null = EMPTY, kinds = {}) =>
  findFindings(resultOf([CALL], kinds), baseline, { ...POLICY, ...policy });

test("a new call between modules of the domain is an error, with the owners of both", () => {
  expect(found()).toEqual([
    {
      kind: "new",
      severity: "error",
      id: CALL.id,
      message: "orders calls StockService.reserve of stock",
      location: CALL.location,
      from: "orders",
      to: "stock",
      verdict: "event",
      confidence: "high",
      owners: ["@shop/stock", "@shop/orders"],
    },
  ]);
});

test("a known call is nothing", () => {
  expect(found({}, { ...EMPTY, calls: [CALL.id] })).toEqual([]);
});

describe("how grave", () => {
  test.each([
    [{ stock: "shared" }, "note"],
    [{ stock: "infrastructure" }, "note"],
    [{ orders: "composition" }, "note"],
    [{ orders: "shared" }, "error"],
  ])("%o: %s", (kinds, severity) => {
    expect(found({}, EMPTY, kinds)).toMatchObject([{ severity }]);
  });

  test("the kind that the baseline froze counts", () => {
    const frozen: Baseline = { ...EMPTY, modules: { orders: "domain", stock: "domain" } };
    const findings = found({}, frozen, { stock: "shared" });
    expect(findings).toMatchObject([
      { kind: "new", severity: "error" },
      {
        kind: "drift",
        severity: "warning",
        message: expect.stringMatching(/looks shared now; domain is what counts$/),
      },
    ]);
  });

  test("and the configuration's before it", () => {
    const frozen: Baseline = { ...EMPTY, modules: { orders: "domain", stock: "domain" } };
    const findings = found({ kinds: { stock: "shared" } }, frozen, { stock: "shared" });
    expect(findings.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(["drift warning", "new note"]);
  });

  test.each([
    [{ verdict: "event", severity: "warning" }, ["new warning"]],
    [{ to: "stock", severity: "off" }, []],
    [{ from: "payments", severity: "off" }, ["new error"]],
    [{ kind: "domain", severity: "note" }, ["new note"]],
  ] as const)("as a rule says: %o", (rule, expected) => {
    const findings = found({ severities: [rule] });
    expect(findings.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(expected);
  });

  test("the first rule that fits decides", () => {
    const rules = [{ to: "stock", severity: "warning" }, { severity: "off" }] as const;
    expect(found({ severities: rules })).toMatchObject([{ severity: "warning" }]);
  });
});

describe("kept on purpose", () => {
  const reason = "until stock has its own queue";

  test.each([CALL.id, "stock:StockService.reserve", "orders -> stock", "orders->stock"])("by %s", (match) => {
    expect(found({ keep: [{ match, reason }] })).toMatchObject([{ kind: "kept", severity: "note", reason }]);
  });

  test("on its last day still, and not after it", () => {
    const until = (day: string) => found({ keep: [{ match: CALL.id, reason, until: day }] });
    expect(until("2026-03-01")).toMatchObject([{ kind: "kept" }]);
    expect(until("2026-02-28")).toMatchObject([
      { kind: "expired", severity: "error", message: expect.stringContaining("it was kept until 2026-02-28") },
    ]);
  });
});

describe("gone", () => {
  const baseline: Baseline = { ...EMPTY, calls: [CALL.id, "orders:Orders.cancel->stock:Stock.release"] };

  test.each(["error", "warning"] as const)("as %s", (stale) => {
    expect(shown(found({ stale }, baseline))).toEqual([`gone ${stale} orders:Orders.cancel->stock:Stock.release`]);
  });

  test("off", () => {
    expect(found({ stale: "off" }, baseline)).toEqual([]);
  });

  test("one call removed and another one added is both", () => {
    const swapped: Baseline = { ...EMPTY, calls: ["orders:OrdersService.place->stock:StockService.release"] };
    const symbols = new Set(["stock:StockService.release"]);
    expect(shown(found({ symbols }, swapped))).toEqual([
      "gone error orders:OrdersService.place->stock:StockService.release",
      `new error ${CALL.id}`,
    ]);
  });

  test("renamed is neither", () => {
    const was = "orders:OrdersService.place->stock:StockService.take";
    expect(found({}, { ...EMPTY, calls: [was] })).toMatchObject([
      { kind: "renamed", severity: "note", was, id: CALL.id },
    ]);
  });
});

describe("what could not be told", () => {
  const open = {
    id: "orders:Orders.pay->?:this.bus.emit",
    location: CALL.location,
    text: "this.bus.emit",
    reason: "receiver-any",
  } as const;
  const result = resultOf([], {}, { unresolved: [open] });
  const ask = (baseline: Baseline | null, unresolved: FindingPolicy["unresolved"] = "warning") =>
    findFindings(result, baseline, { ...POLICY, unresolved });

  test("is shown where the baseline does not know it", () => {
    expect(shown(ask({ ...EMPTY, unresolved: [] }))).toEqual([`unresolved warning ${open.id}`]);
    expect(shown(ask({ ...EMPTY, unresolved: [] }, "error"))).toEqual([`unresolved error ${open.id}`]);
    expect(ask({ ...EMPTY, unresolved: [open.id] })).toEqual([]);
    expect(ask({ ...EMPTY, unresolved: [] }, "off")).toEqual([]);
  });

  test("a baseline of before says nothing of them", () => {
    expect(ask(EMPTY)).toEqual([]);
  });
});

test("since a commit, only what lies in files that have changed", () => {
  expect(found({ changed: new Set() })).toEqual([]);
  expect(found({ changed: new Set([CALL.location.file]) })).toHaveLength(1);
  expect(found({ changed: new Set([CALL.callee.file]) })).toHaveLength(1);
});

test("the worst first, then by place", () => {
  const calls = [classifiedCall({ to: "shared", id: "b" }), CALL, classifiedCall({ id: "a", verdict: "query" })];
  const findings = findFindings(resultOf(calls, { shared: "shared" }), EMPTY, POLICY);
  expect(shown(findings)).toEqual(["new error a", `new error ${CALL.id}`, "new note b"]);
});
