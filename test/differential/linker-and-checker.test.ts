import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkedCalls } from "../support/checker-oracle.ts";
import { compareWithChecker, type Differential, differenceLines } from "../support/differential.ts";
import { linkRepository } from "../support/linked.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FIXTURES = path.join(ROOT, "test/fixtures");

/** A workspace that no install has linked, whose packages are not there to the checker; and what it sees as `any`. */
const BEYOND_THE_CHECKER = new Set([
  "verdicts/workspace",
  "resolution/workspace-packages",
  "resolution/untyped-wrappers",
]);

/** Each file as a module of its own: every call between files counts, not only those between folders. */
async function compare(cwd: string): Promise<Differential> {
  const { config, graph } = await linkRepository(cwd);
  const files = graph.files.map((file) => file.path);
  const checked = checkedCalls({ root: config.root, tsconfig: config.tsconfig, files });
  return compareWithChecker(graph, checked, (file) => file);
}

function fixtures(): string[] {
  return readdirSync(FIXTURES)
    .flatMap((theme) => readdirSync(path.join(FIXTURES, theme)).map((leaf) => `${theme}/${leaf}`))
    .filter((name) => existsSync(path.join(FIXTURES, name, "tsconfig.json")) && !BEYOND_THE_CHECKER.has(name));
}

test("the linker finds what the checker finds in the example shop, and nothing else", async () => {
  const result = await compare(path.join(ROOT, "examples/shop"));
  const differences = differenceLines(result).join("\n");
  expect(result.checker, "calls to compare").toBeGreaterThan(50);
  expect(result.onlyLinker, differences).toEqual([]);
  expect(result.both / result.checker, differences).toBeGreaterThanOrEqual(0.99);
});

// Fixtures hold the awkward code on purpose: what the linker does not find there, it must say that it cannot tell.
test.each(fixtures())("in fixture %s the linker misses nothing silently, and invents nothing", async (name) => {
  const result = await compare(path.join(FIXTURES, name));
  const silent = { ...result, onlyChecker: result.onlyChecker.filter((call) => !call.inResidue) };
  expect(differenceLines(silent)).toEqual([]);
});

test("a call that only one of them finds is named with its place", async () => {
  const { config, graph } = await linkRepository(path.join(FIXTURES, "resolution/containers"));
  const caller = "src/customers/export-customers.ts";
  const files = graph.files.map((file) => file.path);
  const checked = checkedCalls({ root: config.root, tsconfig: config.tsconfig, files });
  const targets = graph.targets[caller]?.map((target) => ({
    ...target,
    declarations: target.declarations.map((declaration) => ({ ...declaration, file: "src/app.module.ts" })),
  }));
  const wrong = { ...graph, targets: { ...graph.targets, [caller]: targets ?? [] } };
  const moduleOf = (file: string) => file.split("/")[1] ?? null;
  expect(differenceLines(compareWithChecker(wrong, checked, moduleOf))).toEqual([
    "only checker  src/billing/invoices.service.ts:19:22  billing → customers  customer?.mayOwe  (residue)",
    "only checker  src/customers/export-customers.ts:8:33  customers → jobs  app.get(DunningService).run",
    'only checker  src/customers/export-customers.ts:9:39  customers → billing  JobNumbers.from("customers").next',
    "only checker  src/customers/export-customers.ts:9:21  customers → jobs  JobNumbers.from",
    "only linker  src/customers/export-customers.ts:8:33  customers → app.module.ts  DunningService.run",
    "only linker  src/customers/export-customers.ts:9:39  customers → app.module.ts  DocumentNumbers.next",
    "only linker  src/customers/export-customers.ts:9:21  customers → app.module.ts  JobNumbers.from",
  ]);
});
