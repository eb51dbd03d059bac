import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { Project } from "ts-morph";
import { beforeAll, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import type { ClassifiedCall } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { reportJson } from "../../src/report/json.ts";
import { REWRITES } from "../support/rewrites.ts";

const SHOP = path.resolve(import.meta.dirname, "../../examples/shop");

/** A copy of the shop without its dependencies. */
function copyShop(): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "seamcut-shop-")));
  for (const part of ["src", "tsconfig.json", "package.json"]) {
    cpSync(path.join(SHOP, part), path.join(root, part), { recursive: true });
  }
  return root;
}

async function verdictsOf(root: string): Promise<string[]> {
  const result = await analyze({ ...(await loadConfig({ cwd: root })), checker: false });
  // Where two files of a module declare the same name, the later one has `~2`; which is later follows the paths.
  const idOf = ({ id }: ClassifiedCall) => id.replace(/~\d+/g, "");
  return result.calls.map((call) => `${idOf(call)} ${call.verdict} ${call.confidence}`).sort();
}

let before: readonly string[];
beforeAll(async () => {
  before = await verdictsOf(SHOP);
});

test.each(REWRITES)("other $name: the same ids, the same verdicts", async ({ apply }) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
      const root = copyShop();
      try {
        const project = new Project({ tsConfigFilePath: path.join(root, "tsconfig.json") });
        let state = seed;
        apply(project, (bound) => {
          state = (state * 48271) % 2147483647;
          return state % bound;
        });
        project.saveSync();
        expect(await verdictsOf(root)).toEqual(before);
      } finally {
        rmSync(root, { recursive: true });
      }
    }),
    { numRuns: 2, seed: 7, endOnFailure: true },
  );
});

test("two runs give the same bytes", async () => {
  const config = await loadConfig({ cwd: SHOP });
  const [first, second] = [await analyze(config), await analyze(config)];
  expect(reportJson(first, { stable: true })).toBe(reportJson(second, { stable: true }));
});

test("without dependencies a verdict only goes towards unknown, and a call only to the unresolved", async () => {
  const root = copyShop();
  try {
    const [withThem, without] = [
      await analyze(await loadConfig({ cwd: SHOP })),
      await analyze(await loadConfig({ cwd: root })),
    ];
    const bare = new Map(without.calls.map((call) => [call.id, call.verdict]));
    const open = without.unresolved.length;
    const lost = withThem.calls.filter((call) => !bare.has(call.id));
    expect(lost.length).toBeLessThanOrEqual(open);
    for (const call of withThem.calls) {
      if (bare.has(call.id)) expect([call.verdict, "unknown"]).toContain(bare.get(call.id));
    }
    expect(without.diagnostics.map((entry) => entry.code)).toContain("SC1008");
  } finally {
    rmSync(root, { recursive: true });
  }
});
