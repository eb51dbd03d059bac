import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Status } from "../../src/model/index.ts";
import { writeBaseline } from "../../src/pipeline/baseline.ts";
import { type StatusOptions, status } from "../../src/pipeline/status.ts";
import { statusMarkdown } from "../../src/report/status/markdown.ts";
import { series, sparkline, statusSparkline } from "../../src/report/status/sparkline.ts";
import { statusText } from "../../src/report/status/text.ts";
import { runCli } from "../support/cli.ts";
import { type Tree, writeIn, writeTree } from "../support/tree.ts";

const TODAY = "2026-03-31";
const ORDERS =
  'import { release, reserve } from "../stock/stock";\n\nexport function place(): void {\n  reserve();\n}\n\nexport function cancel(): void {\n  release();\n}\n';
const SHOP: Tree = {
  "package.json": '{ "name": "corner-shop" }',
  "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "include": ["src"] }',
  "seamcut.config.json":
    '{ "keep": [{ "match": "orders:cancel->stock:release", "reason": "the shelf is looked at right after", "until": "2026-06-30" }] }',
  CODEOWNERS: "/src/orders/ @shop/orders\n/src/billing/ @shop/money\n",
  "src/stock/stock.ts":
    "let level = 3;\n\nexport function reserve(): void {\n  level--;\n}\n\nexport function release(): void {\n  level++;\n}\n",
  "src/orders/place.ts": ORDERS,
  "src/billing/bill.ts":
    'import { cancel } from "../orders/place";\n\nexport function refund(): void {\n  cancel();\n}\n',
};

function git(root: string, date: string, ...args: string[]): void {
  const identity = ["-c", "user.name=Shop", "-c", "user.email=shop@example.com", "-c", "protocol.file.allow=always"];
  const dates = { GIT_COMMITTER_DATE: `${date}T12:00:00Z`, GIT_AUTHOR_DATE: `${date}T12:00:00Z` };
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe", env: { ...process.env, ...dates } });
}

function commit(root: string, date: string): void {
  git(root, date, "add", "-A");
  git(root, date, "commit", "-qm", `as of ${date}`);
}

async function configOf(root: string) {
  return { ...(await loadConfig({ cwd: root })), checker: false };
}

async function stateOf(root: string, options: StatusOptions = {}): Promise<Status> {
  return status(await configOf(root), { today: TODAY, ...options });
}

/** Three calls in January, a file with conflict markers in between, two calls in March. */
async function shop(): Promise<string> {
  const root = writeTree(SHOP);
  git(root, "2026-01-01", "init", "-q", "-b", "main");
  await writeBaseline(await configOf(root));
  commit(root, "2026-01-10");
  writeIn(root, "seamcut-baseline.json", "<<<<<<< ours\n{}\n");
  commit(root, "2026-02-10");
  writeIn(root, "src/orders/place.ts", ORDERS.replace("  reserve();\n", ""));
  git(root, "2026-02-10", "checkout", "-q", "HEAD~1", "--", "seamcut-baseline.json");
  await writeBaseline(await configOf(root), { prune: true });
  commit(root, "2026-03-10");
  return root;
}

describe("where a repository stands", () => {
  test("what is left, by module, edge and owner", async () => {
    const found = await stateOf(await shop());
    const names = (counts: Status["byModule"]) => counts.map(({ name, count }) => `${name} ${count}`);
    expect(found).toMatchObject({ name: "corner-shop", calls: 2, byVerdict: { command: 2, event: 0 } });
    expect(names(found.byModule)).toEqual(["billing 1", "orders 1"]);
    expect(names(found.byEdge)).toEqual(["billing → orders 1", "orders → stock 1"]);
    expect(names(found.byOwner)).toEqual(["@shop/money 1", "@shop/orders 1"]);
    expect(found.baseline).toEqual({ file: "seamcut-baseline.json", exists: true, calls: 2 });
  });

  test("what is kept, as long as it is", async () => {
    const root = await shop();
    expect((await stateOf(root)).kept).toEqual([
      { id: "orders:cancel->stock:release", reason: "the shelf is looked at right after", until: "2026-06-30" },
    ]);
    expect((await stateOf(root, { today: "2026-07-01" })).kept).toEqual([]);
  });

  test("of one owner", async () => {
    const found = await stateOf(await shop(), { owners: ["@shop/money"] });
    expect([found.calls, found.byEdge.map(({ name }) => name), found.kept]).toEqual([1, ["billing → orders"], []]);
  });

  test("without a baseline, and without git", async () => {
    const found = await stateOf(writeTree(SHOP));
    expect(found.baseline.exists).toBe(false);
    expect(statusText(found)).toContain("no baseline yet   seamcut baseline");
    await expect(stateOf(writeTree(SHOP), { historyDays: 30 })).rejects.toMatchObject({ code: "SC2003" });
  });
});

describe("how it got there", () => {
  test("is read from the versions of the baseline, and the broken one is counted", async () => {
    const { history } = await stateOf(await shop(), { historyDays: 90 });
    expect(
      history?.points.map(({ date, calls, added, removed }) => [date.slice(0, 10), calls, added, removed]),
    ).toEqual([
      ["2026-01-10", 3, 0, 0],
      ["2026-03-10", 2, 0, 1],
    ]);
    expect(history).toMatchObject({ since: "2025-12-31", unreadable: 1, shallow: false });
  });

  test("starts with the version that held on the first day", async () => {
    const { history } = await stateOf(await shop(), { historyDays: 30 });
    expect(history?.since).toBe("2026-03-01");
    expect(history?.points.map(({ calls }) => calls)).toEqual([2]);
    expect(history?.unreadable).toBe(1);
  });

  test("says where a shallow clone ends", async () => {
    const root = await shop();
    const clone = writeTree({});
    git(clone, TODAY, "clone", "-q", "--depth", "1", `file://${root}`, ".");
    const found = await stateOf(clone, { historyDays: 90 });
    expect(found.history).toMatchObject({ shallow: true, points: [{ calls: 2 }] });
    expect(statusText(found)).toContain("the clone is shallow");
  });

  test("a baseline that is not committed has no past", async () => {
    const root = writeTree(SHOP);
    git(root, "2026-01-01", "init", "-q", "-b", "main");
    git(root, "2026-01-01", "add", "src");
    git(root, "2026-01-01", "commit", "-qm", "start");
    await writeBaseline(await configOf(root));
    const found = await stateOf(root, { historyDays: 90 });
    expect(found.history?.points).toEqual([]);
    expect(statusText(found)).toContain("is in no commit yet");
  });

  test("bars start at nothing, and many versions become even steps in time", () => {
    expect(sparkline([0, 5, 10])).toBe("▁▅█");
    const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
    const points = Array.from({ length: 60 }, (_, index) => ({
      commit: String(index),
      date: day(index < 59 ? index : 590),
      calls: 60 - index,
      added: 0,
      removed: 1,
    }));
    const steps = series({ since: "2026-01-01", points, unreadable: 0, shallow: false });
    expect(steps).toHaveLength(24);
    expect([steps[0], steps[1], steps[22], steps[23]]).toEqual([60, 35, 2, 1]);
  });
});

describe("seamcut status", () => {
  test("writes text, JSON, Markdown and one line", async () => {
    const root = await shop();
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCli(root, ["status", "--no-checker", ...args]);
      expect([code, stderr]).toEqual([0, ""]);
      return stdout;
    };
    expect(await run()).toContain("corner-shop · 2 direct calls left: 2 command");
    expect(JSON.parse(await run("--reporter", "json"))).toMatchObject({ version: 1, calls: 2, seams: [] });
    expect(await run("--reporter", "markdown")).toContain("| `@shop/money` | 1 | 1 |");
    expect(await run("--reporter", "sparkline")).toBe("corner-shop 2 calls\n");
  });

  test("refuses a duration that is none", async () => {
    const { code, stderr } = await runCli(await shop(), ["status", "--history", "soon"]);
    expect([code, stderr.includes("90d")]).toEqual([2, true]);
  });

  test("shows names of others as text only", async () => {
    const found = await stateOf(await shop(), { historyDays: 90 });
    const evil = { ...found, kept: [{ id: "a`|b", reason: "@everyone | <img src=x>" }] };
    expect(statusMarkdown(evil)).not.toMatch(/@everyone|<img/);
    expect(statusSparkline(found)).toBe("corner-shop 2 calls █▆ (−1 since 2026-01-10)\n");
  });
});
