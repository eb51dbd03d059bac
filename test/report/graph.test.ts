import { describe, expect, test } from "vitest";
import { checkDot } from "../../src/report/check/dot.ts";
import { checkMermaid } from "../../src/report/check/mermaid.ts";
import { dot } from "../../src/report/graph/dot.ts";
import { type DrawnEdge, edgesOfCalls } from "../../src/report/graph/edge.ts";
import { mermaid } from "../../src/report/graph/mermaid.ts";
import { oneLine } from "../../src/report/one-line.ts";
import { classifiedCall } from "../support/call.ts";
import { checkReportOf, findingOf, MALICIOUS, manyFindings, ONE_OF_EACH } from "../support/check-report.ts";
import { parseDot, parseMermaid } from "../support/parsers.ts";

/** More edges than a picture can hold: 6,000 findings on 630 pairs of modules. */
const MANY = checkReportOf(manyFindings(6000));

describe.each([
  ["dot", checkDot, parseDot],
  ["mermaid", checkMermaid, parseMermaid],
] as const)("%s of a check", (_, render, parse) => {
  test("no finding", () => {
    expect(parse(render(checkReportOf([]))).edges).toBe(0);
  });

  test("findings that are on no edge", () => {
    expect(parse(render(checkReportOf([ONE_OF_EACH.drift, ONE_OF_EACH.unresolved]))).edges).toBe(0);
  });

  test("one finding", () => {
    const { edges, labels } = parse(render(checkReportOf([findingOf()])));
    expect(edges).toBe(1);
    expect(labels).toEqual(expect.arrayContaining(["orders", "stock"]));
  });

  test("6,000 findings: 500 edges, the rest counted", () => {
    const { edges, labels } = parse(render(MANY));
    expect(edges).toBe(500);
    expect(labels).toContain("130 more edges not drawn");
  });

  test("malicious names are labels and nothing else", () => {
    const findings = MALICIOUS.map((name) => findingOf({ id: `${name}:a->stock:b`, from: name }));
    expect(parse(render(checkReportOf(findings))).edges).toBe(MALICIOUS.length);
  });
});

test("Mermaid of a check, as it is written", () => {
  expect(checkMermaid(checkReportOf([findingOf(), ONE_OF_EACH.gone, ONE_OF_EACH.kept]))).toBe(`flowchart LR
  m0["catalog"]
  m1["orders"]
  m2["search"]
  m3["stock"]
  m1 ==>|"1 new, 1 kept"| m3
  m0 -.->|"1 gone"| m2
`);
});

test("malicious names are shown as they are by Mermaid", () => {
  const edges = MALICIOUS.map((name): DrawnEdge => ({ from: name, to: "stock", label: "1", tone: "plain", weight: 1 }));
  const names = MALICIOUS.map((name) => oneLine(name).replace("\ud800", "\ufffd"));
  expect(parseMermaid(mermaid(edges)).labels).toEqual(expect.arrayContaining(names));
});

test("a text of Mermaid stays below 50,000 characters, however long names are", () => {
  const edges = Array.from({ length: 500 }, (_, index): DrawnEdge => {
    return { from: `${"%".repeat(200)}${index}`, to: "stock", label: "1", tone: "plain", weight: 1 };
  });
  const text = mermaid(edges);
  expect(text.length).toBeLessThan(50_000);
  const { edges: drawn, labels } = parseMermaid(text);
  expect(drawn).toBeGreaterThan(30);
  expect(labels).toContain(`${500 - drawn} more edges not drawn`);
});

test("edges of calls, the heaviest first", () => {
  const calls = [
    classifiedCall({ to: "mail" }),
    classifiedCall(),
    classifiedCall({ id: "orders:OrdersService.cancel->stock:StockService.reserve" }),
  ];
  expect(edgesOfCalls(calls).map(({ from, to, label }) => [from, to, label])).toEqual([
    ["orders", "stock", "2"],
    ["orders", "mail", "1"],
  ]);
  expect(parseDot(dot(edgesOfCalls(calls)))).toMatchObject({ edges: 2 });
});
