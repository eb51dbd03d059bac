import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type CommandLineOptions, loadConfig } from "../../src/config/load-config.ts";
import type { AnalysisResult, UserError } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { writeBaseline } from "../../src/pipeline/baseline.ts";
import { check } from "../../src/pipeline/check.ts";
import { prepareCut } from "../../src/pipeline/cut/prepare.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { idsOf } from "../support/analyze-fixture.ts";
import { SMALL_SHOP, SMALL_SHOP_CALL, writeIn, writeTree } from "../support/tree.ts";

async function scan(cwd: string, options: CommandLineOptions = {}): Promise<AnalysisResult> {
  return analyze(await loadConfig({ cwd, ...options }));
}

async function failureOf(run: Promise<unknown>): Promise<UserError> {
  try {
    await run;
  } catch (error) {
    return error as UserError;
  }
  throw new Error("nothing was thrown");
}

const said = (result: AnalysisResult) => result.diagnostics.map(({ code, message }) => `${code} ${message}`);
const codes = (result: AnalysisResult) => result.diagnostics.map(({ code }) => code);

describe("tsconfig", () => {
  test("none: says where it looked and what to do", async () => {
    const { "tsconfig.json": _, ...rest } = SMALL_SHOP;
    const error = await failureOf(scan(writeTree(rest)));
    expect(error).toMatchObject({ code: "SC2001", message: "no tsconfig.json in this folder or above it" });
    expect(error.hints[0]).toMatch(/^looked in {2}\., \.\./);
    expect(error.hints.join("\n")).toContain('seamcut scan --files "src/**/*.ts"');
  });

  test("none, and files named instead", async () => {
    const { "tsconfig.json": _, ...rest } = SMALL_SHOP;
    expect(idsOf(await scan(writeTree(rest), { files: ["src/**/*.ts"] }))).toEqual([SMALL_SHOP_CALL]);
  });

  test("in a folder above", async () => {
    const root = writeTree(SMALL_SHOP, { "src/.keep": "" });
    expect(idsOf(await scan(path.join(root, "src")))).toEqual([SMALL_SHOP_CALL]);
  });

  const PACKAGES = {
    "package.json": '{ "name": "shop", "workspaces": ["packages/*"] }',
    "packages/stock/package.json": '{ "name": "@shop/stock", "main": "src/stock.ts" }',
    "packages/stock/tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "include": ["src"] }',
    "packages/stock/src/stock.ts": "export function reserve(): void {}\n",
    "packages/orders (new)/package.json": '{ "name": "@shop/orders" }',
    "packages/orders (new)/tsconfig.json":
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["./lib/*"] } }, "include": ["lib"] }',
    "packages/orders (new)/lib/place.ts":
      'import { reserve } from "@shop/stock";\nimport { check } from "~/check";\n\nexport function place(): void {\n  check();\n  reserve();\n}\n',
    "packages/orders (new)/lib/check.ts": "export function check(): void {}\n",
    "scratch/tsconfig.json": '{ "include": ["**/*"] }',
    "scratch/try.ts": 'import { reserve } from "@shop/stock";\nreserve();\n',
  };

  test.each([
    ["none at the top", {}],
    ["one at the top that lists nothing", { "tsconfig.json": '{ "files": [] }' }],
  ])("%s: those of the packages, each with its own settings", async (_, more) => {
    const result = await scan(writeTree(PACKAGES, more));
    expect(idsOf(result)).toEqual(["orders (new):place->stock:reserve"]);
    expect(result.summary.files).toBe(3);
  });

  test("none at the top and no workspace: those of the folders below", async () => {
    const { "package.json": _, ...rest } = PACKAGES;
    expect((await scan(writeTree(rest), { checker: false })).summary.files).toBe(4);
  });

  test("none at the top: a cut wants to know which", async () => {
    const config = await loadConfig({ cwd: writeTree(PACKAGES) });
    await expect(prepareCut(config, { from: "orders (new)", to: "stock" })).rejects.toMatchObject({
      code: "SC2001",
      hints: [expect.stringContaining("--tsconfig apps/api/tsconfig.json")],
    });
  });

  test.each([
    ["cut off", '{ "include": ['],
    ["empty", ""],
    ["no JSON", "include: src"],
    ["extends a file that is not there", '{ "extends": "./gone.json", "include": ["src"] }'],
    ["extends itself", '{ "extends": "./tsconfig.json", "include": ["src"] }'],
  ])("%s: SC2001, never an empty analysis", async (_, text) => {
    const error = await failureOf(scan(writeTree(SMALL_SHOP, { "tsconfig.json": text })));
    expect(error.code).toBe("SC2001");
    expect(error.message).toMatch(/^tsconfig\.json cannot be read: /);
    expect(error.hints.length).toBeGreaterThan(0);
  });

  test("extends a package that is not installed: read without it, and said so", async () => {
    const root = writeTree(SMALL_SHOP, {
      "tsconfig.json":
        '{ "extends": "@tsconfig/node20/tsconfig.json", "include": ["src"], "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      "src/orders/alias.ts": 'import { reserve } from "@/stock/stock";\nexport const alias = () => reserve("lamp");\n',
    });
    const result = await scan(root);
    expect(idsOf(result)).toEqual(["orders:alias->stock:reserve", SMALL_SHOP_CALL]);
    expect(said(result)).toContain(
      "SC1008 tsconfig.json extends @tsconfig/node20/tsconfig.json, which is not installed: read without it",
    );
  });

  test("with comments, trailing commas and a byte order mark", async () => {
    const text = '\uFEFF{\n  // "include": [\n  "include": ["src", /* ] */],\n  "exclude": ["**//*.gen.ts"],\n}';
    expect(idsOf(await scan(writeTree(SMALL_SHOP, { "tsconfig.json": text })))).toEqual([SMALL_SHOP_CALL]);
  });

  test("--tsconfig takes a folder, as tsc -p does, and refuses what is not there", async () => {
    const root = writeTree({ "src/empty.ts": "" }, { "api/tsconfig.json": '{ "include": ["../src"] }' });
    expect((await loadConfig({ cwd: root, tsconfig: "api" })).tsconfig).toBe("api/tsconfig.json");
    expect(await failureOf(loadConfig({ cwd: root, tsconfig: "web" }))).toMatchObject({
      code: "SC2001",
      message: "no tsconfig at web",
    });
  });

  test("that lists no file", async () => {
    const error = await failureOf(scan(writeTree(SMALL_SHOP, { "tsconfig.json": '{ "include": ["lib"] }' })));
    expect(error).toMatchObject({ code: "SC2015" });
  });
});

describe("source files", () => {
  test("a package that gives away a style sheet: nothing is looked for below a file", async () => {
    const root = writeTree(SMALL_SHOP, {
      "package.json": '{ "name": "shop", "workspaces": ["packages/*"] }',
      "packages/ui/package.json": '{ "name": "@shop/ui", "exports": { "./css": "./src/index.css" } }',
      "packages/ui/src/index.css": "body {}\n",
      "src/orders/page.ts": 'import "@shop/ui/css";\n\nexport const page = 1;\n',
    });
    const result = await analyze(await loadConfig({ cwd: root }));
    expect(result.calls.map((call) => call.id)).toEqual([SMALL_SHOP_CALL]);
  });

  test("a syntax error costs its own file only", async () => {
    const result = await scan(writeTree(SMALL_SHOP, { "src/orders/broken.ts": "export function cancel( {\n" }));
    expect(idsOf(result)).toEqual([SMALL_SHOP_CALL]);
    expect(result.diagnostics).toContainEqual(
      expect.objectContaining({
        code: "SC1001",
        severity: "error",
        location: expect.objectContaining({ file: "src/orders/broken.ts" }),
      }),
    );
  });

  test("a file of 10 MB is skipped, and said so", async () => {
    const big = `export const big = "${"x".repeat(10 * 1024 * 1024)}";\n`;
    const result = await scan(writeTree(SMALL_SHOP, { "src/orders/big.ts": big }));
    expect(idsOf(result)).toEqual([SMALL_SHOP_CALL]);
    expect(said(result)).toContain("SC1003 src/orders/big.ts is 10240 KiB: generated code is skipped past 2 MiB");
  });

  test("code nested past all measure is left out, and said so", async () => {
    const deep = `export const deep = ${"(".repeat(20_000)}1${")".repeat(20_000)};\n`;
    const result = await scan(writeTree(SMALL_SHOP, { "src/orders/deep.ts": deep }));
    expect(idsOf(result)).toEqual([SMALL_SHOP_CALL]);
    expect(said(result)).toContain("SC1007 src/orders/deep.ts could not be read: brackets nested deeper than 2000");
  });

  test("CRLF and a byte order mark: places are those that an editor shows", async () => {
    const root = writeTree(SMALL_SHOP, {
      "src/orders/place.ts": '\uFEFFimport { reserve } from "../stock/stock"; reserve("a");\r\n\r\n\treserve("b");\r\n',
    });
    const { calls } = await scan(root);
    expect(calls.map(({ location: { start, end } }) => [start.line, start.column, end.column])).toEqual([
      [1, 43, 50],
      [3, 2, 9],
    ]);
    const explained = await explain(await loadConfig({ cwd: root }), "src/orders/place.ts:3");
    expect(explained.calls.map(({ location }) => explained.lineOf(location.file, location.start.line))).toEqual([
      '\treserve("b");',
    ]);
  });

  test("links in a ring, and a file listed twice through a link", async () => {
    const root = writeTree(SMALL_SHOP);
    symlinkSync("..", path.join(root, "src/up"));
    symlinkSync("self", path.join(root, "src/self"));
    symlinkSync("place.ts", path.join(root, "src/orders/again.ts"));
    expect(idsOf(await scan(root))).toEqual([SMALL_SHOP_CALL]);
  });

  test("names that mean something else in JavaScript, or in a shell", async () => {
    const callee =
      'export class constructor {\n  __proto__(): string {\n    return "";\n  }\n  toString(): string {\n    return "";\n  }\n}\nexport function hasOwnProperty(): string {\n  return "";\n}\n';
    const caller =
      'import { constructor, hasOwnProperty } from "../__proto__/names";\n\nexport class __proto__ {\n  constructor(private readonly it: constructor) {}\n\n  valueOf(): string {\n    return this.it.__proto__() + this.it.toString() + hasOwnProperty();\n  }\n}\n';
    const root = writeTree(SMALL_SHOP, {
      "src/__proto__/names.ts": callee,
      "src/constructor/names.ts": caller,
      'src/it\'s "here" $(now)/a b.ts': caller,
    });
    const result = await scan(root);
    const calls = (module: string) => [
      `${module}:__proto__.valueOf->__proto__:constructor.__proto__`,
      `${module}:__proto__.valueOf->__proto__:constructor.toString`,
      `${module}:__proto__.valueOf->__proto__:hasOwnProperty`,
    ];
    expect(idsOf(result)).toEqual([...calls("constructor"), ...calls('it\'s "here" $(now)'), SMALL_SHOP_CALL]);
    expect(result.modules.map(({ id, kind }) => [id, kind])).toEqual([
      ["__proto__", "domain"],
      ["constructor", "domain"],
      ['it\'s "here" $(now)', "domain"],
      ["orders", "domain"],
      ["stock", "domain"],
    ]);
    const config = await loadConfig({ cwd: root });
    await writeBaseline(config);
    expect((await check(config)).exitCode).toBe(0);
  });

  test("a folder whose name holds a line break is said, not lost", async () => {
    const result = await scan(writeTree(SMALL_SHOP, { "src/orders\nlate/late.ts": "export {};\n" }));
    expect(idsOf(result)).toEqual([SMALL_SHOP_CALL]);
    expect(said(result)).toContain("SC1007 src/orders\\nlate could not be read: its name holds a line break");
  });

  test("JavaScript counts where the tsconfig allows it, or a pattern names it", async () => {
    const caller = 'const { reserve } = require("../stock/stock");\nexports.take = () => reserve("lamp");\n';
    const root = writeTree(SMALL_SHOP, { "src/returns/take.js": caller });
    expect(idsOf(await scan(root))).toEqual([SMALL_SHOP_CALL]);
    const named = await scan(root, { files: ["src/**/*.ts", "src/**/*.js"] });
    expect(idsOf(named)).toEqual([SMALL_SHOP_CALL, "returns:take->stock:reserve"]);
    writeIn(root, "tsconfig.json", '{ "compilerOptions": { "allowJs": true }, "include": ["src"] }');
    expect(idsOf(await scan(root))).toEqual([SMALL_SHOP_CALL, "returns:take->stock:reserve"]);
  });

  test("an alias of own code that leads nowhere is no library", async () => {
    const root = writeTree(SMALL_SHOP, {
      "tsconfig.json": '{ "include": ["src"], "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      "src/orders/alias.ts":
        'import { pack } from "@/packing/pack";\nimport { nothing } from "lodash";\nexport const alias = () => nothing(pack());\n',
    });
    const result = await scan(root);
    expect(said(result)).toContain("SC1002 src/orders/alias.ts imports @/packing/pack, which is not there");
    expect(result.unresolved.map(({ text, reason }) => [text, reason])).toEqual([["pack", "import-not-found"]]);
  });
});

describe("modules", () => {
  test("no call between them is said, not an empty success", async () => {
    const result = await scan(writeTree(SMALL_SHOP, { "src/orders/place.ts": "export const place = 1;\n" }));
    expect(result.calls).toEqual([]);
    expect(codes(result)).toContain("SC1006");
  });

  test("globs that match nothing at all", async () => {
    const error = await failureOf(scan(writeTree(SMALL_SHOP), { modules: ["lib/*"] }));
    expect(error).toMatchObject({ code: "SC2006", message: "no module found by lib/*" });
  });

  test("one glob among others that matches nothing", async () => {
    const result = await scan(writeTree(SMALL_SHOP), { modules: ["src/*", "lib/*"] });
    expect(said(result)).toContain("SC1012 no folder matches lib/*");
  });

  test("a kind for a module that is not there", async () => {
    const result = await scan(writeTree(SMALL_SHOP, { "seamcut.config.json": '{"kinds":{"ordres":"shared"}}' }));
    expect(said(result)).toContain(
      "SC1012 no module is called ordres, which has a kind in the configuration: did you mean orders?",
    );
  });

  test("an override that matches no call", async () => {
    const overrides = [{ match: "stock:reserv", verdict: "event", reason: "later is fine" }];
    const result = await scan(writeTree(SMALL_SHOP, { "seamcut.config.json": JSON.stringify({ overrides }) }));
    expect(said(result)).toContain("SC1012 no call matches the override stock:reserv");
  });

  test("files outside every module are said", async () => {
    const result = await scan(writeTree(SMALL_SHOP, { "src/main.ts": "export {};\n" }));
    expect(said(result)).toContain(
      "SC1004 1 file belongs to no module, so calls from and to it do not count: src/main.ts",
    );
  });

  test("folders named by layer are said", async () => {
    const layers = ["controllers", "services", "repositories"].map((name) => [`src/${name}/x.ts`, "export {};\n"]);
    const result = await scan(writeTree({ "tsconfig.json": '{ "include": ["src"] }' }, Object.fromEntries(layers)));
    expect(codes(result)).toContain("SC1005");
  });
});

describe("a repository without git and without dependencies", () => {
  test("is analysed all the same", async () => {
    const result = await scan(writeTree(SMALL_SHOP));
    expect(idsOf(result)).toEqual([SMALL_SHOP_CALL]);
    expect(codes(result)).toEqual(["SC1008"]);
  });
});

describe("baseline", () => {
  test("a folder in its place: an error, nothing half-written", async () => {
    const root = writeTree(SMALL_SHOP);
    mkdirSync(path.join(root, "seamcut-baseline.json"));
    const config = await loadConfig({ cwd: root });
    expect(await failureOf(writeBaseline(config))).toMatchObject({ code: "SC2007" });
    expect(await failureOf(check(config))).toMatchObject({ code: "SC2007" });
    expect(readdirSync(path.join(root, "seamcut-baseline.json"))).toEqual([]);
  });

  test("cannot be written: an error, nothing half-written", async () => {
    const root = writeTree(SMALL_SHOP, { "seamcut.config.json": '{ "baseline": "src/stock/stock.ts/baseline.json" }' });
    const error = await failureOf(writeBaseline(await loadConfig({ cwd: root })));
    expect(error).toMatchObject({ code: "SC2008", hints: ["nothing was changed"] });
    expect(readdirSync(path.join(root, "src/stock"))).toEqual(["stock.ts"]);
    expect(readdirSync(root).sort()).toEqual(["seamcut.config.json", "src", "tsconfig.json"]);
  });

  test("with merge conflict markers: says what to keep", async () => {
    const text = '{\n<<<<<<< ours\n"version": 1\n=======\n"version": 1\n>>>>>>> theirs\n}';
    const root = writeTree(SMALL_SHOP, { "seamcut-baseline.json": text });
    const error = await failureOf(check(await loadConfig({ cwd: root })));
    expect(error).toMatchObject({
      code: "SC2007",
      hints: ["it holds merge conflict markers: keep the lines of both sides"],
    });
  });
});
