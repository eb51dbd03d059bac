import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { type CutResult, type Patch, STAGES } from "../../src/model/index.ts";
import { cut } from "../../src/pipeline/cut/cut.ts";
import { commitAll, copyShop } from "../../src/pipeline/demo/shop-copy.ts";
import { status } from "../../src/pipeline/status.ts";
import { runCli } from "../support/cli.ts";
import { postgresIsThere } from "../support/database.ts";
import { gitIn } from "../support/desk.ts";

/** Generous: on an idle machine the whole file takes a minute or two. */
const PATIENCE = 900_000;
const DATABASE_URL = "postgres://postgres@127.0.0.1:5432/postgres";

/** The stages before a handler is there show no event on its way. */
const HANDLED = STAGES.indexOf("consume");

/** After these, the shop's own tests have something new to say. */
const TESTED: readonly string[] = ["consume", "cutover", "cleanup"];

describe.skipIf(!(await postgresIsThere()))("orders → notifications in the example shop", () => {
  let shop: string;
  let made: CutResult;

  beforeAll(async () => {
    shop = await copyShop(() => undefined);
    gitIn(shop, "config", "user.name", "Ada");
    gitIn(shop, "config", "user.email", "ada@example.org");
    expect((await runCli(shop, ["baseline"])).code).toBe(0);
    await commitAll(shop, "Accept the calls as they are");
    const config = await loadConfig({ cwd: shop });
    made = await cut(config, { from: "orders", to: "notifications" });
  }, PATIENCE);

  afterAll(() => {
    if (shop) rmSync(path.dirname(shop), { recursive: true, force: true });
  });

  it("is six proven patches", () => {
    expect(made.patches.map(({ stage }) => stage)).toEqual(STAGES.filter((stage) => stage !== "retire"));
    expect(made.blocked).toEqual([]);
    for (const { proof } of made.patches) {
      expect(proof).toEqual({
        applies: true,
        typeErrors: { before: 0, after: 0 },
        rescanned: true,
        rerunEmpty: true,
        verify: "not-run",
      });
    }
  });

  it(
    "leaves the shop working after each of them",
    async () => {
      for (const [index, { stage }] of made.patches.entries()) {
        gitIn(shop, "am", "--quiet", "--keep-cr", path.join(shop, made.written[index] ?? ""));
        expect(typeCheck(shop), stage).toBe("");
        const { seams } = await status(await loadConfig({ cwd: shop }));
        const events = index < HANDLED ? [] : ["orders.order-cancelled", "orders.order-placed"];
        expect(seams.map((seam) => [seam.event, seam.stage])).toEqual(events.map((event) => [event, stage]));
        if (TESTED.includes(stage)) expect(failedTests(shop), stage).toEqual([]);
      }
    },
    PATIENCE,
  );

  it("has taken out the calls, the import and the injected service", async () => {
    const service = readFileSync(path.join(shop, "src/orders/orders.service.ts"), "utf8");
    expect(service).not.toMatch(/notifications|decide/i);
    expect(service.match(/await emit\(manager, order(Placed|Cancelled)\(/g)).toHaveLength(2);
    expect(readFileSync(path.join(shop, "src/orders/orders.module.ts"), "utf8")).not.toContain("Notifications");
  });

  it("says in each patch what it means and how to go back", () => {
    const texts = made.patches.map((patch: Patch) => patch.body);
    for (const text of texts) expect(text).toMatch(/Meaning[\s\S]*Deploy: [\s\S]*Back: /);
  });

  it("passes seamcut check, against a baseline that is shorter", async () => {
    const run = await runCli(shop, ["check"]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(readFileSync(path.join(shop, "seamcut-baseline.json"), "utf8")).not.toMatch(/"orders:.*->notifications:/);
  });
});

/** What the repository's own compiler says; empty where it finds nothing. */
function typeCheck(root: string): string {
  return run(root, ["node_modules/typescript/bin/tsc", "--noEmit"]).output;
}

/** Tests of the shop that fail, on databases of their own. */
function failedTests(root: string): string[] {
  const { code, output } = run(root, ["node_modules/vitest/vitest.mjs", "run", "--no-color"]);
  const failed = output.split("\n").filter((line) => /^\s*(FAIL|×)/.test(line));
  return code === 0 || failed.length > 0 ? failed : [output.slice(-2000)];
}

function run(cwd: string, args: readonly string[]): { readonly code: number; readonly output: string } {
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  try {
    const output = execFileSync(process.execPath, args, {
      cwd,
      encoding: "utf8",
      env: { ...env, DATABASE_URL },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { code: 0, output };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
    return { code: status ?? 1, output: `${stdout}\n${stderr}` };
  }
}
