import { expect, test } from "vitest";
import { classifiedCall } from "../support/call.ts";
import { type Label, scoreLabels, scoreRow, scoreText } from "../support/score.ts";

const FILE = "src/orders/orders.service.ts";
const label = (change: Partial<Label> = {}): Label => ({
  file: FILE,
  line: 10,
  callee: "StockService.reserve",
  resultUsed: false,
  effect: "write",
  verdict: "event",
  ...change,
});

test("calls are matched by line and last name; a second call of that line by the second label", () => {
  const twice = [classifiedCall(), classifiedCall()];
  const score = scoreLabels({ calls: twice }, [label(), label(), label({ line: 11 })], new Set([FILE]));
  expect(score).toMatchObject({
    labels: 3,
    recall: 66.7,
    precision: 100,
    verdicts: 66.7,
    effect: 100,
    resultUsed: 100,
  });
  expect(score.missed).toHaveLength(1);
});

test("the number that tells functions of one name in one module apart is none of the labels' concern", () => {
  const calls = [classifiedCall({ callee: { symbol: "createTag~2", file: "" } })];
  expect(scoreLabels({ calls }, [label({ callee: "createTag" })], new Set([FILE]))).toMatchObject({
    recall: 100,
    precision: 100,
  });
});

test("a call that nobody labelled counts against precision only in files that are labelled completely", () => {
  const calls = [classifiedCall(), classifiedCall({ callee: { symbol: "StockService.release", file: "" } })];
  expect(scoreLabels({ calls }, [label()], new Set([FILE])).precision).toBe(50);
  expect(scoreLabels({ calls }, [label()], new Set()).precision).toBeNull();
});

test("what is called an event and is none", () => {
  const guard = scoreLabels({ calls: [classifiedCall()] }, [label({ verdict: "guard" })], new Set());
  expect(guard).toMatchObject({ guardsCalledEvent: 1, commandsCalledEvent: 0, eventPrecision: 0, verdicts: 0 });
  const accepted = label({ verdict: "command", accept: ["event"] });
  expect(scoreLabels({ calls: [classifiedCall()] }, [accepted], new Set())).toMatchObject({
    commandsCalledEvent: 0,
    eventPrecision: 100,
    verdicts: 100,
  });
});

test("as text and as a line", () => {
  const score = scoreLabels({ calls: [classifiedCall()] }, [label({ verdict: "guard" })], new Set());
  expect(scoreText(score)).toContain("guards called event 1");
  expect(scoreRow("shop/shop", "2026-01-31", "abc", score)).toBe(
    "| 2026-01-31 | abc | shop/shop | 1 | 100.0 | – | 0.0 | 100.0 | 100.0 | 1 | 0 | 0.0 | – |",
  );
});
