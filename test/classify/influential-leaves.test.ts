import { expect, test } from "vitest";
import { influentialLeaves } from "../../src/classify/influential-leaves.ts";
import { classifiedCall, evidenceOf, PLAIN_FACTS, READING, WRITING } from "../support/call.ts";

const moduleOf = (file: string) => (file.startsWith("src/stock/") ? "stock" : null);
const withFacts = (facts: object) => classifiedCall({ facts: { ...PLAIN_FACTS, ...facts } });

test("leaves by the calls that have no other evidence", () => {
  const several = withFacts({ ...WRITING, writes: ["Stock", "cache"] });
  const leaves = influentialLeaves([withFacts(WRITING), withFacts(WRITING), several], moduleOf);
  expect(leaves).toMatchObject([
    { id: "stock:StockService.reserve", effect: "write", what: "Stock", calls: 2, byVerdict: { event: 2 } },
  ]);
});

test("what a writer reads decides nothing", () => {
  const leaves = influentialLeaves(
    [withFacts({ ...READING, ...WRITING, evidence: { ...READING.evidence, ...WRITING.evidence } })],
    moduleOf,
  );
  expect(leaves.map((leaf) => leaf.effect)).toEqual(["write"]);
});

test("a veto is a leaf of its own; code of no module goes by its file", () => {
  const veto = evidenceOf("throws", "StockService.reserve", "assertPositive");
  const leaves = influentialLeaves([withFacts({ canThrow: true, evidence: { veto } })], () => null);
  expect(leaves).toMatchObject([{ id: "src/stock/stock.service.ts:assertPositive", effect: "veto" }]);
});
