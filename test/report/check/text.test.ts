import { describe, expect, test } from "vitest";
import { FINDING_KINDS } from "../../../src/model/index.ts";
import { KIND_ORDER } from "../../../src/report/check/kinds.ts";
import { checkText } from "../../../src/report/check/text.ts";
import { PLAIN } from "../../../src/report/paint.ts";
import { checkReportOf, findingOf, MALICIOUS, manyFindings, ONE_OF_EACH } from "../../support/check-report.ts";

test("what is new with its owners, what is gone, what to do", () => {
  expect(
    checkText(checkReportOf([ONE_OF_EACH.new, { ...ONE_OF_EACH.gone, severity: "error" }])),
  ).toBe(`1 new direct call between modules · 1 known call gone · 1 known

  new   orders → stock   StockService.reserve   src/orders/orders.service.ts:10   event
        owners: @shop/stock, @shop/orders
        cheaper as an event now than later   seamcut cut orders stock
  gone  catalog:CatalogService.rename->search:SearchService.reindex
        take them out   seamcut baseline --prune

  team           new   gone   known
  @shop/stock    1     0      1
  @shop/orders   1     0      0
  @shop/search   0     1      0

  accept on purpose   seamcut baseline --accept "why"
`);
});

test("one of each kind", () => {
  expect(checkText(checkReportOf(Object.values(ONE_OF_EACH)))).toMatchInlineSnapshot(`
    "1 new direct call between modules · 1 kept call past its day · 1 new call that could not be told · 1 renamed call · 1 known call gone · 1 module unlike the baseline · 1 call kept on purpose · 1 known

      new         orders → stock   StockService.reserve   src/orders/orders.service.ts:10   event
                  owners: @shop/stock, @shop/orders
                  cheaper as an event now than later   seamcut cut orders stock
      expired     orders → stock   StockService.count   src/orders/orders.service.ts:10   query
                  reason: until the move is done
                  owners: @shop/stock, @shop/orders
      unresolved  it cannot be told what this.bus.emit calls (receiver-any)   src/orders/orders.service.ts:30   warning
                  owners: @shop/orders
      renamed     orders → stock   StockService.release   src/orders/orders.service.ts:10   event
                  was orders:OrdersService.place->stock:StockService.free
                  owners: @shop/stock, @shop/orders
      gone        catalog:CatalogService.rename->search:SearchService.reindex   warning
                  take them out   seamcut baseline --prune
      drift       SC1014 module search was domain in the baseline and looks shared now; domain is what counts   warning
      kept        orders → stock   StockService.peek   src/orders/orders.service.ts:10   event
                  reason: ask @shop/stock, see #12
                  owners: @shop/stock, @shop/orders

      team           new   unresolved   gone   kept   known
      @shop/orders   2     1            0      1      1
      @shop/stock    2     0            0      1      2
      @shop/search   0     0            1      0      0

      accept on purpose   seamcut baseline --accept "why"
    "
  `);
});

test("nothing found", () => {
  expect(checkText(checkReportOf([]))).toBe("0 new direct calls between modules · 0 known calls gone · 1 known\n");
});

test("without a baseline: how to get one", () => {
  const report = checkReportOf([findingOf()], { baseline: { file: "b.json", exists: false, calls: 0 }, known: [] });
  expect(checkText(report)).toContain("no baseline yet: everything counts as new.");
});

test("what it was compared with", () => {
  const since = { ref: "origin/main", commit: "0123456789abcdef0123456789abcdef01234567" };
  expect(checkText(checkReportOf([], { since }))).toMatch(/\nsince origin\/main \(0123456789ab\)\n/);
});

test("6,000 findings: 50 of a kind, the rest counted", () => {
  const lines = checkText(checkReportOf(manyFindings(6000))).split("\n");
  expect(lines.filter((line) => line.includes("→"))).toHaveLength(50);
  expect(lines.find((line) => line.includes("… and"))).toContain("… and 5950 more");
});

describe("malicious names", () => {
  const report = checkReportOf(
    MALICIOUS.map((name) => findingOf({ id: `${name}:a->stock:${name}`, from: name, owners: [name], reason: name })),
  );

  test("break no line and send nothing to the terminal", () => {
    const text = checkText(report);
    expect(text.split("\n")).toHaveLength(
      checkText(
        checkReportOf(MALICIOUS.map((_, index) => findingOf({ reason: "x", owners: [`team ${index}`] }))),
      ).split("\n").length,
    );
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
    expect(text).toContain("two\\u{a}lines\\u{d}\\u{a}and\\u{9}tabs");
  });
});

test("colour carries no meaning: without it the text is the same", () => {
  const mark = (text: string) => `<${text}>`;
  const report = checkReportOf(Object.values(ONE_OF_EACH));
  const loud = checkText(report, { paint: { bold: mark, dim: mark, good: mark, bad: mark, mark } });
  expect(loud).toContain("<new>");
  expect(loud.replace(/[<>]/g, "")).toBe(checkText(report, { paint: PLAIN }).replace(/[<>]/g, ""));
});

test("every kind has its place in the order", () => {
  expect([...KIND_ORDER].sort()).toEqual([...FINDING_KINDS].sort());
});
