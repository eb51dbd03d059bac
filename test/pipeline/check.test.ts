import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckReport } from "../../src/model/index.ts";
import { writeBaseline } from "../../src/pipeline/baseline.ts";
import { type CheckOptions, check } from "../../src/pipeline/check.ts";
import { scan } from "../../src/pipeline/scan.ts";
import { type Tree, writeIn, writeTree } from "../support/tree.ts";

const SHOP: Tree = {
  "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "include": ["src"] }',
  "src/stock/stock.ts":
    "let level = 3;\n\nexport function reserve(): void {\n  level--;\n}\n\nexport function release(): void {\n  level++;\n}\n",
  "src/orders/place.ts":
    'import { release, reserve } from "../stock/stock";\n\nexport function place(): void {\n  reserve();\n}\n\nexport function cancel(): void {\n  release();\n}\n',
  "src/billing/bill.ts":
    'import { cancel } from "../orders/place";\n\nexport function refund(): void {\n  cancel();\n}\n',
};

function git(root: string, ...args: string[]): string {
  const identity = ["-c", "user.name=Shop", "-c", "user.email=shop@example.com", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...identity, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function commit(root: string, message: string): void {
  git(root, "add", "-A");
  git(root, "commit", "-qm", message);
}

async function baseline(root: string, options = {}) {
  return writeBaseline({ ...(await loadConfig({ cwd: root })), checker: false }, options);
}

async function checked(root: string, options: CheckOptions = {}): Promise<CheckReport> {
  return check({ ...(await loadConfig({ cwd: root })), checker: false }, options);
}

const shown = ({ findings }: CheckReport) => findings.map(({ kind, severity, id }) => `${kind} ${severity} ${id}`);

/** A repository on `main` with everything accepted. */
async function shop(): Promise<string> {
  const root = writeTree(SHOP);
  git(root, "init", "-q", "-b", "main");
  await baseline(root);
  commit(root, "start");
  return root;
}

function edit(root: string, file: string, change: (text: string) => string): void {
  writeIn(root, file, change(readFileSync(path.join(root, file), "utf8")));
}

describe("what a pull request cannot do unseen", () => {
  test("swap one call for another", async () => {
    const root = await shop();
    edit(root, "src/orders/place.ts", (text) => text.replace("  reserve();", "  release();"));
    const report = await checked(root);
    expect(report.exitCode).toBe(1);
    expect(shown(report)).toEqual(["gone error orders:place->stock:reserve", "new error orders:place->stock:release"]);
  });

  test("call a second time", async () => {
    const root = await shop();
    edit(root, "src/orders/place.ts", (text) => text.replace("  reserve();", "  reserve();\n  reserve();"));
    expect(shown(await checked(root))).toEqual(["new error orders:place->stock:reserve#2"]);
  });

  test("hide a call behind any", async () => {
    const root = await shop();
    writeIn(root, "src/stock/warehouse.ts", "export class Warehouse {\n  pack(): void {}\n}\n");
    edit(
      root,
      "src/orders/place.ts",
      (text) => `${text}\nexport function take(warehouse: any): void {\n  warehouse.pack();\n}\n`,
    );
    const report = await checked(root);
    expect(shown(report)).toEqual([expect.stringMatching(/^unresolved warning orders:take->\?:/)]);
    expect(report.exitCode).toBe(0);
    expect((await checked(root, { unresolved: "error" })).exitCode).toBe(1);
    expect(shown(await checked(root, { unresolved: "off" }))).toEqual([]);
  });

  test("make a module shared", async () => {
    const root = await shop();
    writeIn(root, "seamcut.config.json", '{ "kinds": { "stock": "shared" } }');
    expect(shown(await checked(root))).toEqual(["drift warning stock"]);
  });
});

describe("modules that the baseline froze", () => {
  /** A module that all others use and that has no effect: it looks shared, whatever its name. */
  const COINS: Tree = Object.fromEntries([
    ["src/coins/coins.ts", "export function toCents(amount: number): number {\n  return amount * 100;\n}\n"],
    ...["carts", "returns", "taxes"].map((name) => [
      `src/${name}/${name}.ts`,
      'import { toCents } from "../coins/coins";\n\nexport function total(): number {\n  return toCents(1);\n}\n',
    ]),
  ]);
  const frozen = async (root: string, change: (modules: Record<string, string>) => void) => {
    await baseline(root);
    edit(root, "seamcut-baseline.json", (text) => {
      const value = JSON.parse(text) as { modules: Record<string, string> };
      change(value.modules);
      return JSON.stringify(value);
    });
  };

  test("that look like another kind are a warning in check, and the frozen kind counts in scan", async () => {
    const root = writeTree(SHOP, COINS);
    for (const file of ["src/billing/bill.ts", "src/orders/place.ts"]) {
      edit(
        root,
        file,
        (text) => `${text}\nimport { toCents } from "../coins/coins";\n\nexport const one = toCents(1);\n`,
      );
    }
    await frozen(root, (modules) => {
      modules.coins = "domain";
    });
    const why = "used by 5 of 6 others, calls none, and holds no data";
    const message = `module coins was domain in the baseline and looks shared now (${why}); domain is what counts`;
    const report = await checked(root);
    expect(report).toMatchObject({
      exitCode: 0,
      findings: [{ kind: "drift", code: "SC1014", severity: "warning", id: "coins", message }],
    });
    expect(report.result.diagnostics).toContainEqual({ code: "SC1014", severity: "warning", message });
    const result = await scan({ ...(await loadConfig({ cwd: root })), checker: false });
    expect(result.diagnostics).toContainEqual({ code: "SC1014", severity: "warning", message });
    expect(result.modules.find(({ id }) => id === "coins")).toMatchObject({
      kind: "domain",
      evidence: ["a folder of src", why, "domain in the baseline, whatever it looks like"],
    });
  });

  test("that came or went are a note, until the baseline is written anew", async () => {
    const root = await shop();
    renameSync(path.join(root, "src/billing"), path.join(root, "src/invoices"));
    const report = await checked(root, { stale: "off" });
    expect(report.exitCode).toBe(0);
    expect(report.findings.filter(({ kind }) => kind === "drift")).toMatchObject([
      {
        code: "SC1013",
        severity: "note",
        id: "billing",
        message: "module billing is in the baseline and no longer in the code",
      },
      {
        code: "SC1013",
        severity: "note",
        id: "invoices",
        message: "module invoices is not in the baseline; it looks domain (nothing says otherwise)",
      },
    ]);
    await baseline(root);
    expect((await checked(root)).findings).toEqual([]);
  });

  test.each([
    [{ code: "SC1013", severity: "error" }, 1, ["drift error billing"]],
    [{ code: "SC1013", kind: "shared", severity: "error" }, 0, ["drift note billing"]],
    [{ code: "SC1013", severity: "off" }, 0, []],
    [{ severity: "error" }, 0, ["drift note billing"]],
  ])("fail the check where the configuration says so: %o", async (rule, exitCode, expected) => {
    const root = await shop();
    rmSync(path.join(root, "src/billing"), { recursive: true });
    await frozen(root, (modules) => {
      modules.billing = "domain";
    });
    writeIn(root, "seamcut.config.json", JSON.stringify({ severities: [rule] }));
    const report = await checked(root);
    expect(shown(report)).toEqual(expected);
    expect(report.exitCode).toBe(exitCode);
  });

  test("a rule about modules takes nothing that is about calls", async () => {
    const root = writeTree(SHOP, {
      "seamcut.config.json": '{ "severities": [{ "code": "SC1014", "to": "stock", "severity": "error" }] }',
    });
    await expect(checked(root)).rejects.toMatchObject({
      code: "SC2005",
      hints: [expect.stringContaining("a rule with a code is about modules")],
    });
  });
});

describe("what is no growth", () => {
  test("a call that moves inside its module", async () => {
    const root = await shop();
    renameSync(path.join(root, "src/orders/place.ts"), path.join(root, "src/orders/buy.ts"));
    edit(root, "src/billing/bill.ts", (text) => text.replace("orders/place", "orders/buy"));
    edit(root, "src/orders/buy.ts", (text) => `\n\n\n${text}`);
    expect(await checked(root)).toMatchObject({ findings: [], exitCode: 0 });
  });

  test("a function with a new name, until the baseline follows", async () => {
    const root = await shop();
    for (const file of ["src/stock/stock.ts", "src/orders/place.ts"]) {
      edit(root, file, (text) => text.replaceAll("reserve", "hold"));
    }
    const report = await checked(root);
    expect(report).toMatchObject({
      exitCode: 0,
      findings: [{ kind: "renamed", was: "orders:place->stock:reserve", id: "orders:place->stock:hold" }],
    });
    expect(await baseline(root, { prune: true })).toMatchObject({ calls: 3, added: 0, removed: 0, renamed: 1 });
    expect((await checked(root)).findings).toEqual([]);
  });

  test("a module with a new name", async () => {
    const root = await shop();
    renameSync(path.join(root, "src/stock"), path.join(root, "src/inventory"));
    edit(root, "src/orders/place.ts", (text) => text.replace("stock/stock", "inventory/stock"));
    const report = await checked(root);
    expect(report.exitCode).toBe(0);
    expect(shown(report)).toEqual([
      "drift note inventory",
      "drift note stock",
      "renamed note orders:place->inventory:reserve",
      "renamed note orders:cancel->inventory:release",
    ]);
  });
});

describe("what is gone", () => {
  const without = (text: string) => text.replace("  reserve();\n", "");

  test("fails until the baseline shrinks", async () => {
    const root = await shop();
    edit(root, "src/orders/place.ts", without);
    expect(await checked(root)).toMatchObject({ exitCode: 1, findings: [{ kind: "gone", severity: "error" }] });
    expect(await baseline(root)).toMatchObject({ calls: 2, removed: 1 });
    expect((await checked(root)).exitCode).toBe(0);
  });

  test("is a warning on a branch whose base has moved on, unless asked for", async () => {
    const root = await shop();
    git(root, "checkout", "-qb", "work");
    edit(root, "src/orders/place.ts", without);
    commit(root, "work");
    expect((await checked(root, { since: "main" })).exitCode).toBe(1);
    git(root, "checkout", "-q", "main");
    writeIn(root, "README.md", "the base moves on\n");
    commit(root, "base");
    git(root, "checkout", "-q", "work");
    expect(await checked(root, { since: "main" })).toMatchObject({ exitCode: 0, findings: [{ severity: "warning" }] });
    expect((await checked(root, { since: "main", stale: "error" })).exitCode).toBe(1);
  });

  test("two branches that each remove a call merge, and fit their merged baseline", async () => {
    const root = await shop();
    for (const [branch, file, from] of [
      ["one", "src/orders/place.ts", "  reserve();\n"],
      ["two", "src/billing/bill.ts", "  cancel();\n"],
    ] as const) {
      git(root, "checkout", "-qb", branch, "main");
      edit(root, file, (text) => text.replace(from, ""));
      await baseline(root);
      commit(root, branch);
    }
    git(root, "merge", "-q", "-m", "both", "one");
    expect(await checked(root)).toMatchObject({ exitCode: 0, findings: [], baseline: { calls: 1 } });
  });
});

describe("since a commit", () => {
  const old = (text: string) => `${text}\nexport function return_(): void {\n  release();\n}\n`;

  test("only what changed is reported; older growth is not the pull request's", async () => {
    const root = await shop();
    edit(root, "src/orders/place.ts", old);
    commit(root, "grown unseen");
    git(root, "checkout", "-qb", "work");
    edit(root, "src/billing/bill.ts", (text) => `${text}\nexport function again(): void {\n  cancel();\n}\n`);
    const report = await checked(root, { since: "main" });
    expect(shown(report)).toEqual(["new error billing:again->orders:cancel"]);
    expect(report.since).toEqual({ ref: "main", commit: git(root, "rev-parse", "main").trim() });
    expect(shown(await checked(root))).toHaveLength(2);
  });

  test("files that git does not know yet count as changed", async () => {
    const root = await shop();
    writeIn(
      root,
      "src/billing/new.ts",
      'import { cancel } from "../orders/place";\n\nexport const undo = () => cancel();\n',
    );
    expect(shown(await checked(root, { since: "main" }))).toEqual(["new error billing:undo->orders:cancel"]);
  });

  test("in a folder of the repository", async () => {
    const outer = writeTree(Object.fromEntries(Object.entries(SHOP).map(([file, text]) => [`api/${file}`, text])));
    git(outer, "init", "-q", "-b", "main");
    const root = path.join(outer, "api");
    await baseline(root);
    commit(outer, "start");
    edit(root, "src/billing/bill.ts", (text) => `${text}\nexport function again(): void {\n  cancel();\n}\n`);
    expect(shown(await checked(root, { since: "main" }))).toEqual(["new error billing:again->orders:cancel"]);
  });

  test("a shallow clone is told what to fetch, and passes once it is there", async () => {
    const origin = await shop();
    git(origin, "checkout", "-qb", "work");
    writeIn(origin, "README.md", "more\n");
    commit(origin, "work");
    const clone = writeTree({});
    git(clone, "clone", "-q", "--depth", "1", "--branch", "work", `file://${origin}`, ".");
    await expect(checked(clone, { since: "origin/main" })).rejects.toMatchObject({
      code: "SC2018",
      message: "origin/main is not in this shallow clone",
      hints: [
        expect.stringContaining("git fetch --no-tags --unshallow origin main"),
        expect.stringContaining("fetch-depth: 0"),
      ],
    });
    git(clone, "fetch", "-q", "--no-tags", "--unshallow", "origin", "main:refs/remotes/origin/main");
    expect((await checked(clone, { since: "origin/main" })).exitCode).toBe(0);
  });

  test("a ref that is none", async () => {
    const root = await shop();
    await expect(checked(root, { since: "--upload-pack=x" })).rejects.toMatchObject({ code: "SC2018" });
    rmSync(path.join(root, ".git"), { recursive: true });
    await expect(checked(root, { since: "main" })).rejects.toMatchObject({ code: "SC2003" });
  });
});

describe("what the configuration lets through", () => {
  const grown = async (config: object) => {
    const root = await shop();
    edit(root, "src/billing/bill.ts", (text) => `${text}\nexport function again(): void {\n  cancel();\n}\n`);
    writeIn(root, "seamcut.config.json", JSON.stringify(config));
    return checked(root, { today: "2026-03-01" });
  };
  const id = "billing:again->orders:cancel";

  test("a call that is kept, with the reason, until its day", async () => {
    const keep = (until: string) => grown({ keep: [{ match: id, reason: "moves in spring", until }] });
    expect(await keep("2026-05-31")).toMatchObject({
      exitCode: 0,
      findings: [{ kind: "kept", reason: "moves in spring" }],
    });
    expect(await keep("2026-02-28")).toMatchObject({ exitCode: 1, findings: [{ kind: "expired" }] });
  });

  test("an entry that keeps nothing is said", async () => {
    const report = await grown({ keep: [{ match: "billing -> shipping", reason: "x" }] });
    expect(report.result.diagnostics.map(({ message }) => message)).toContain(
      "no call is kept by the entry billing -> shipping",
    );
  });

  test("an edge, by a rule", async () => {
    expect(await grown({ severities: [{ from: "billing", severity: "warning" }] })).toMatchObject({
      exitCode: 0,
      findings: [{ kind: "new", severity: "warning" }],
    });
  });

  test("a number of new calls, and the exit code itself", async () => {
    const root = await shop();
    edit(root, "src/billing/bill.ts", (text) => `${text}\nexport function again(): void {\n  cancel();\n}\n`);
    expect((await checked(root, { maxNew: 0 })).exitCode).toBe(1);
    expect((await checked(root, { maxNew: 1 })).exitCode).toBe(0);
    expect((await checked(root, { noExitCode: true })).exitCode).toBe(0);
    edit(root, "src/orders/place.ts", (text) => text.replace("  reserve();\n", ""));
    expect((await checked(root, { maxNew: 1 })).exitCode).toBe(1);
  });
});

test("growth that is accepted keeps its reason in the file", async () => {
  const root = await shop();
  edit(root, "src/billing/bill.ts", (text) => `${text}\nexport function again(): void {\n  cancel();\n}\n`);
  await expect(baseline(root)).rejects.toMatchObject({ code: "SC2013" });
  await baseline(root, { accept: "refunds come twice" });
  const file = JSON.parse(readFileSync(path.join(root, "seamcut-baseline.json"), "utf8"));
  expect(file.accepted).toEqual({ "billing:again->orders:cancel": "refunds come twice" });
  expect((await checked(root)).exitCode).toBe(0);
});

test("only what concerns an owner", async () => {
  const root = await shop();
  writeIn(root, "CODEOWNERS", "/src/stock/ @shop/stock\n/src/orders/ @shop/orders\n");
  edit(root, "src/billing/bill.ts", (text) => `${text}\nexport function again(): void {\n  cancel();\n}\n`);
  expect(shown(await checked(root, { owners: ["@shop/orders"] }))).toHaveLength(1);
  expect(shown(await checked(root, { owners: ["@shop/stock"] }))).toEqual([]);
  expect((await checked(root, { owners: ["@shop/stock"] })).owners).toEqual(["@shop/stock"]);
});
