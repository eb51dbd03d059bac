import { rmSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { type Run, runCli, startCli } from "../support/cli.ts";
import { SMALL_SHOP, SMALL_SHOP_CALL, type Tree, writeIn, writeTree } from "../support/tree.ts";

const SHOP = path.resolve(import.meta.dirname, "../../examples/shop");

/** Prints at the end whether a package was loaded, whatever the kind of module. */
const SPY = `data:text/javascript,${encodeURIComponent(`
  import { register } from "node:module";
  register("data:text/javascript," + encodeURIComponent(
    'export async function load(url, context, next) {' +
    '  if (/node_modules.(ts-morph|typescript|oxc-parser|oxc-resolver|zod)/.test(url)) console.error("LOADED " + url);' +
    '  return next(url, context);' +
    '}'
  ));
`)}`;

describe("scan", () => {
  let text: Run;
  let json: Run;
  beforeAll(async () => {
    [text, json] = await Promise.all([
      runCli(SHOP, ["scan"]),
      runCli(SHOP, ["scan", "--no-checker", "--stable", "--reporter", "json"]),
    ]);
  });

  test("shows at most 40 lines, the answer first, the next command last", () => {
    const lines = text.stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(
      /^seamcut-example-shop · NestJS 11, TypeORM 0\.3 on PostgreSQL · 13 modules, 66 files · \d/,
    );
    expect(lines[2]).toBe("  54 direct calls between modules, along 30 edges");
    expect(lines.at(-1)).toContain("seamcut baseline");
    expect(text.code).toBe(0);
  });

  test("writes JSON of version 1", () => {
    const result = JSON.parse(json.stdout) as AnalysisResult;
    expect(Object.keys(result)).toEqual([
      "version",
      "tool",
      "stack",
      "modules",
      "calls",
      "unresolved",
      "leaves",
      "diagnostics",
      "summary",
    ]);
    expect(result.version).toBe(1);
    expect(result.tool.name).toBe("seamcut");
    expect(Object.keys(result.modules[0] ?? {})).toEqual(
      expect.arrayContaining(["id", "kind", "root", "files", "owners"]),
    );
    expect(result.summary).toMatchObject({ modules: 13, files: 66, calls: 54, edges: 30, unresolved: 3 });
    expect(result.summary).not.toHaveProperty("durationMs");
    const call = result.calls.find(
      (candidate) => candidate.id === "orders:OrdersService.place->notifications:NotificationsService.orderPlaced",
    );
    expect(call).toMatchObject({
      from: "orders",
      to: "notifications",
      caller: { symbol: "OrdersService.place", file: "src/orders/orders.service.ts" },
      callee: {
        symbol: "NotificationsService.orderPlaced",
        file: "src/notifications/notifications.service.ts",
      },
      location: {
        file: "src/orders/orders.service.ts",
        start: { line: 53, column: 30 },
        end: { line: 53, column: 41 },
      },
      via: "injection",
      facts: {
        resultUsed: false,
        effect: "write",
        canThrow: false,
        caught: false,
        inTransaction: false,
        inLoop: false,
        readAfterWrite: false,
        requestContext: false,
        writes: ["Notification"],
      },
      verdict: "event",
      strategies: ["event"],
    });
    expect(call?.facts.arguments[0]).toEqual({ name: "orderId", type: "string", serializable: true });
    for (const reason of call?.reasons ?? []) expect(Object.keys(reason)).toEqual(["code", "message", "location"]);
    const [open] = result.unresolved;
    expect(Object.keys(open ?? {}).sort()).toEqual(["id", "location", "reason", "text"]);
  });

  test("gives the same bytes again", async () => {
    expect((await runCli(SHOP, ["scan", "--no-checker", "--stable", "--reporter", "json"])).stdout).toBe(json.stdout);
  });

  test("sends each report where it was asked to go", async () => {
    const root = writeTree(SMALL_SHOP);
    const run = await runCli(root, ["scan", "--stable", "--reporter", "text", "--reporter", "json=out/calls.json"]);
    expect(run.stdout).toMatch(/^seamcut-test-/);
    const { readFileSync } = await import("node:fs");
    const written = JSON.parse(readFileSync(path.join(root, "out/calls.json"), "utf8")) as AnalysisResult;
    expect(written.calls.map((call) => call.id)).toEqual([SMALL_SHOP_CALL]);
  });

  test("says a warning of one kind a few times, then how many more", async () => {
    const missing = Array.from({ length: 7 }, (_, n) => [`src/orders/part${n}.ts`, 'import "./generated";\n']);
    const run = await runCli(writeTree(SMALL_SHOP, Object.fromEntries(missing)), ["scan"]);
    expect(run.stderr.match(/^warning SC1002 /gm)).toHaveLength(5);
    expect(run.stderr).toContain("… and 2 more SC1002, in --reporter json");
  });

  test("keeps diagnostics on stderr", async () => {
    const run = await runCli(writeTree(SMALL_SHOP, { "src/orders/broken.ts": "export function (" }), ["scan"]);
    expect(run.stderr).toMatch(/^error SC1001 {2}src\/orders\/broken\.ts:1 {2}/);
    expect(run.stdout).not.toContain("SC1001");
    expect(run.code).toBe(0);
  });
});

describe("explain", () => {
  const root = () => writeTree(SMALL_SHOP);

  test.each([
    ["call id", SMALL_SHOP_CALL],
    ["callee", "stock:reserve"],
    ["file:line", "src/orders/place.ts:4"],
    ["file:line:column, as a terminal gives it", "./src/orders/place.ts:4:10"],
  ])("by %s", async (_, query) => {
    const run = await runCli(root(), ["explain", query]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('  4 │ return reserve("lamp");\n    │        ^^^^^^^\n');
    expect(run.stdout).toContain(`  id                  ${SMALL_SHOP_CALL}\n`);
  });

  test("an unknown id: exit 2, and the nearest one", async () => {
    const run = await runCli(root(), ["explain", "orders:place->stock:reserv"]);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain("[SC2009]");
    expect(run.stderr).toContain(`did you mean   seamcut explain "${SMALL_SHOP_CALL}"`);
    expect(run.stderr).toContain("docs/diagnostics/SC2009.md");
  });
});

test("plan names the first cut and what blocks the rest", async () => {
  const run = await runCli(SHOP, ["plan"]);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/edges with calls that can become events, cheapest first/);
  expect(run.stdout).toMatch(/blocked {3}\d+ verdict-not-event/);
  expect(run.stdout).toMatch(/next {6}seamcut cut \w+ \w+\n$/);
});

describe("baseline and check", () => {
  const NEW: Tree = {
    "src/orders/cancel.ts":
      'import { reserve } from "../stock/stock";\n\nexport function cancel(): string {\n  return reserve("");\n}\n',
  };

  test("everything is new without a baseline", async () => {
    const run = await runCli(writeTree(SMALL_SHOP), ["check"]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("1 new direct call between modules · 0 known");
    expect(run.stdout).toContain("no baseline yet");
  });

  test("accepted calls pass, new ones fail, ones that are gone fail or not, as asked", async () => {
    const root = writeTree(SMALL_SHOP);
    expect(await runCli(root, ["baseline"])).toMatchObject({
      code: 0,
      stdout: "seamcut-baseline.json: 1 call accepted (1 added, 0 gone)\n",
    });
    expect((await runCli(root, ["check"])).code).toBe(0);

    writeIn(root, "src/orders/cancel.ts", NEW["src/orders/cancel.ts"] ?? "");
    const grown = await runCli(root, ["check"]);
    expect(grown.code).toBe(1);
    expect(grown.stdout).toContain("  new  orders → stock   reserve   src/orders/cancel.ts:4   pure");
    const refused = await runCli(root, ["baseline"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("1 new calls would be accepted");
    expect((await runCli(root, ["baseline", "--accept", "cancelling gives stock back"])).code).toBe(0);
    expect((await runCli(root, ["check"])).code).toBe(0);

    rmSync(path.join(root, "src/orders/cancel.ts"));
    const gone = await runCli(root, ["check"]);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toContain("  gone  orders:cancel->stock:reserve");
    const warned = await runCli(root, ["check", "--stale", "warn"]);
    expect(warned.code).toBe(0);
    expect(warned.stdout).toContain("  gone  orders:cancel->stock:reserve");
    const off = await runCli(root, ["check", "--stale", "off"]);
    expect(off).toMatchObject({ code: 0 });
    expect(off.stdout).not.toContain("gone  orders");
    expect((await runCli(root, ["baseline", "--prune"])).stdout).toContain("1 call accepted (0 added, 1 gone)");
    expect((await runCli(root, ["check"])).code).toBe(0);
  });

  test("a module that becomes another kind is said", async () => {
    const root = writeTree(SMALL_SHOP);
    await runCli(root, ["baseline"]);
    writeIn(root, "seamcut.config.json", '{ "kinds": { "stock": "shared" } }');
    const run = await runCli(root, ["check"]);
    expect(run.stderr).toContain(
      "warning SC1014  module stock was domain in the baseline and looks shared now (kind set in the configuration); shared is what counts",
    );
    expect(run.code).toBe(0);
    expect((await runCli(root, ["scan", "--list-modules"])).stdout).toBe(`2 modules

  orders  domain  src/orders: a folder of src; nothing says otherwise; 1 file
  stock   shared  src/stock: a folder of src; kind set in the configuration; 1 file
`);
  });

  test("JSON of check", async () => {
    const run = await runCli(writeTree(SMALL_SHOP), ["check", "--reporter", "json"]);
    const report = JSON.parse(run.stdout);
    expect(report).toMatchObject({ version: 1, baseline: { exists: false }, known: [], stale: [], exitCode: 1 });
    expect(report.new[0].id).toBe(SMALL_SHOP_CALL);
  });
});

describe("the command line itself", () => {
  test.each([
    [["scan", "--reportr", "json"], "(Did you mean --reporter?)"],
    [["scna"], "(Did you mean scan?)"],
    [["scan", "--reporter", "jsno"], "known: text, json"],
    [["check", "--stale", "maybe"], "Allowed choices are error, warn, off"],
    [["explain"], "missing required argument 'call'"],
  ])("%j: exit 2 with a hint, nothing on stdout", async (args, hint) => {
    const run = await runCli(writeTree(SMALL_SHOP), args);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain(hint);
  });

  test("--help loads neither a compiler nor a parser", async () => {
    const run = await runCli(SHOP, ["--help"], ["--import", SPY]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^Usage: seamcut \[options\] <command>/);
    expect(run.stderr).not.toContain("LOADED");
    const control = await runCli(writeTree(SMALL_SHOP), ["scan"], ["--import", SPY]);
    expect(control.stderr).toContain("LOADED");
  });

  test("a failure of the tool itself asks for a report", async () => {
    const breaks = "data:text/javascript,JSON.stringify=()=>{throw new Error('out of paper')}";
    const run = await runCli(writeTree(SMALL_SHOP), ["scan", "--reporter", "json"], ["--import", breaks]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("seamcut: internal error: out of paper");
    expect(run.stderr).toMatch(/seamcut \d\S+, node v\d\S+, \w+ · seamcut scan --reporter json/);
  });
});

describe("streams", () => {
  const MANY: Tree = {
    "src/orders/many.ts": [
      'import { reserve } from "../stock/stock";',
      ...Array.from({ length: 600 }, (_, index) => `export const place${index} = () => reserve("${index}");`),
    ].join("\n"),
  };

  test("a megabyte of JSON goes whole through a pipe", async () => {
    const run = await runCli(writeTree(SMALL_SHOP, MANY), ["scan", "--reporter", "json"]);
    expect(run.stdout.length).toBeGreaterThan(1024 * 1024);
    expect((JSON.parse(run.stdout) as AnalysisResult).calls).toHaveLength(601);
    expect(run.code).toBe(0);
  });

  test.each([
    [["scan", "--reporter", "json"], 0],
    [["check", "--reporter", "json"], 1],
  ])("a reader that goes away ends %j quietly, with its exit code", async (args, exitCode) => {
    const child = startCli(writeTree(SMALL_SHOP, MANY), args);
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdout?.once("data", () => child.stdout?.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).toBe("");
    expect(code).toBe(exitCode);
  });
});

describe("cut", () => {
  test("goes on in spite of what is a matter of judgement, and of nothing else", async () => {
    const run = await runCli(SHOP, ["cut", "orders", "notifications", "--accept", "not-a-statement"]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain("[SC2013]");
    expect(run.stderr).toContain("low-confidence, sibling-call-still-direct, request-context");
  });
});
