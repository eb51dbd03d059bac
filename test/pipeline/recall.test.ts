import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readCacheFile, writeCacheFile } from "../../src/apply/cache-file.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { analyzeOrRecall } from "../../src/pipeline/recall.ts";
import { reportJson } from "../../src/report/json.ts";
import { runCli } from "../support/cli.ts";
import { SMALL_SHOP, writeIn, writeTree } from "../support/tree.ts";

const SHOP = path.resolve(import.meta.dirname, "../../examples/shop");

const configOf = (cwd: string) => loadConfig({ cwd, checker: false });

async function cold(config: Config): Promise<string> {
  return reportJson(await analyze(config), { stable: true });
}

async function recalled(config: Config, cache = cacheOf(config.root)): Promise<string> {
  return reportJson((await analyzeOrRecall(config, { cache })).result, { stable: true });
}

function cacheOf(root: string): string {
  return path.join(root, "kept");
}

/** The one file that is kept. */
function keptFile(root: string): string {
  const [name = ""] = readdirSync(cacheOf(root));
  return path.join(cacheOf(root), name);
}

/** Changes with every writing: files are replaced, never written into. */
function writingOf(root: string): string {
  const { ino, ctimeNs } = statSync(keptFile(root), { bigint: true });
  return `${ino} ${ctimeNs}`;
}

/** Runs once more, and says whether that was answered from what was kept. */
async function isRecalled(config: Config, text: string): Promise<boolean> {
  const before = writingOf(config.root);
  expect(await recalled(config)).toBe(text);
  return writingOf(config.root) === before;
}

function smallShop(more: Readonly<Record<string, string>> = {}): string {
  return writeTree(SMALL_SHOP, { "package.json": '{ "name": "small-shop" }' }, more);
}

describe("after random edits, a recalled result is that of a cold run", () => {
  type Edit = (root: string, files: readonly string[], pick: (bound: number) => number) => void;
  const EDITS: Readonly<Record<string, Edit>> = {
    "append a call": (root, files, pick) => {
      const [from, to] = [files[pick(files.length)] as string, files[pick(files.length)] as string];
      const specifier = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, "");
      const name = `more${pick(1e6)}`;
      appendFileSync(path.join(root, to), `\nexport function ${name}(): number {\n  return 1;\n}\n`);
      const call = `import { ${name} as ${name}Here } from "${specifier.startsWith(".") ? "" : "./"}${specifier}";\n`;
      appendFileSync(path.join(root, from), `\n${call}export const got${name} = () => ${name}Here();\n`);
    },
    "rename a local": (root, files, pick) => {
      const start = pick(files.length);
      for (const file of [...files.slice(start), ...files.slice(0, start)]) {
        const text = readFileSync(path.join(root, file), "utf8");
        const name = /\n {4}const (\w+) = /.exec(text)?.[1];
        if (name === undefined) continue;
        writeFileSync(path.join(root, file), text.replace(new RegExp(`\\b${name}\\b`, "g"), `${name}Renamed`));
        return;
      }
    },
    "delete a file": (root, files, pick) => rmSync(path.join(root, files[pick(files.length)] as string)),
    "add a file": (root, files, pick) => {
      const folder = path.posix.dirname(files[pick(files.length)] as string);
      writeIn(root, `${folder}/added${pick(1e6)}.ts`, "export class Added {\n  run(): void {}\n}\n");
    },
    "touch a file": (root, files, pick) => {
      utimesSync(path.join(root, files[pick(files.length)] as string), new Date(0), new Date(0));
    },
  };

  test.each([7, 1_903])("seed %i", async (seed) => {
    const root = writeTree();
    for (const part of ["src", "tsconfig.json", "package.json"]) {
      cpSync(path.join(SHOP, part), path.join(root, part), { recursive: true });
    }
    const config = await configOf(root);
    let state = seed;
    const pick = (bound: number) => {
      state = (state * 48271) % 2147483647;
      return state % bound;
    };
    let text = await recalled(config);
    expect(text).toBe(await cold(config));
    const names = Object.keys(EDITS);
    // Each kind once, in an order of the seed's, and some once more.
    const rounds = [...names, ...names.slice(0, 2)].sort(() => pick(3) - 1);
    for (const name of rounds) {
      const files = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".spec.ts"))
        .map((file) => `src/${file.split(path.sep).join("/")}`)
        .sort();
      EDITS[name]?.(root, files, pick);
      const after = await cold(config);
      const before = writingOf(root);
      expect(await recalled(config), name).toBe(after);
      const changesNothing = name === "touch a file";
      expect(writingOf(root) === before, `${name}: recalled`).toBe(changesNothing);
      if (changesNothing) expect(after).toBe(text);
      text = after;
    }
    expect(await isRecalled(config, text)).toBe(true);
  });
});

describe("everything that a result goes by is compared", () => {
  test.each<[string, (root: string) => void]>([
    ["the owners", (root) => writeIn(root, "CODEOWNERS", "/src/stock @shop/stock\n")],
    ["the manifests around the files", (root) => writeIn(root, "src/stock/project.json", '{ "name": "warehouse" }')],
    ["where an import of a file leads that is no code", (root) => rmSync(path.join(root, "src/orders/rates.json"))],
    [
      "what an alias of the tsconfig means",
      (root) => {
        const config = {
          compilerOptions: { module: "commonjs", paths: { "@stock": ["./src/stock/other.ts"] } },
          include: ["src"],
        };
        writeIn(root, "tsconfig.json", JSON.stringify(config));
      },
    ],
    ["whether dependencies are there", (root) => mkdirSync(path.join(root, "node_modules"))],
  ])("%s", async (_, change) => {
    const root = smallShop({
      "tsconfig.json":
        '{ "compilerOptions": { "module": "commonjs", "paths": { "@stock": ["./src/stock/stock.ts"] } }, "include": ["src"] }',
      "src/stock/other.ts": "export function reserve(): void {}\n",
      "src/orders/rates.json": "{}",
      "src/orders/rates.ts": 'import rates from "./rates.json";\n\nexport const rate = () => rates;\n',
      "src/orders/alias.ts": 'import { reserve } from "@stock";\n\nexport const again = () => reserve("lamp");\n',
    });
    const config = await configOf(root);
    const before = await recalled(config);
    expect(await isRecalled(config, before)).toBe(true);
    change(root);
    const after = await cold(config);
    expect(after).not.toBe(before);
    expect(await recalled(config)).toBe(after);
  });

  test("the configuration", async () => {
    const config = await configOf(smallShop());
    const before = await recalled(config);
    const override = { match: "stock:reserve", verdict: "command" as const, reason: "agreed with the owners" };
    const after = await recalled({ ...config, overrides: [override] });
    expect(after).not.toBe(before);
    expect(after).toContain("agreed with the owners");
  });

  test("a repository that stands elsewhere now is the same one", async () => {
    const [first, second] = [smallShop(), smallShop()];
    const before = await recalled(await configOf(first));
    cpSync(cacheOf(first), cacheOf(second), { recursive: true });
    const text = before.replaceAll(path.basename(first), path.basename(second));
    expect(await isRecalled(await configOf(second), text)).toBe(true);
  });
});

test("a run that has asked the checker is not kept: its answers go by all of node_modules", async () => {
  const root = smallShop({
    "node_modules/none/package.json": "{}",
    "src/stock/shelf.ts": "export class Shelf {\n  clear(): void {}\n}\n",
    "src/orders/cancel.ts": "export function cancel(shelf: any): void {\n  shelf.clear();\n}\n",
  });
  const config = await loadConfig({ cwd: root });
  const { result } = await analyzeOrRecall(config, { cache: cacheOf(root) });
  expect(result.summary.checkerMs).toBeDefined();
  expect(existsSync(cacheOf(root))).toBe(false);
});

describe("a file that is not whole, or another build's, is as good as none, and written anew", () => {
  test.each<[string, (text: Buffer) => Buffer | string]>([
    ["empty", () => ""],
    ["truncated", (text) => text.subarray(0, text.length - 40)],
    ["with a byte changed", (text) => Buffer.concat([text.subarray(0, -9), Buffer.from("~"), text.subarray(-8)])],
    ["of something else", () => '{ "version": 1 }\n'],
    ["without a line", () => "x".repeat(100)],
  ])("%s", async (_, spoil) => {
    const config = await configOf(smallShop());
    const text = await recalled(config);
    const file = keptFile(config.root);
    writeFileSync(file, spoil(readFileSync(file)));
    expect(await isRecalled(config, text)).toBe(false);
    expect(await isRecalled(config, text)).toBe(true);
  });

  test("of another build", async () => {
    const config = await configOf(smallShop());
    const text = await recalled(config);
    const file = keptFile(config.root);
    const kept = readCacheFile(file);
    await writeCacheFile(file, { key: "another", lines: kept?.lines ?? [] });
    expect(await isRecalled(config, text)).toBe(false);
    expect(await isRecalled(config, text)).toBe(true);
  });
});

test("where nothing can be written, a remark says so, and the result is the same", async () => {
  const config = await configOf(smallShop({ kept: "a file in the place of the folder" }));
  const { result } = await analyzeOrRecall(config, { cache: cacheOf(config.root) });
  expect(result.diagnostics.filter(({ code }) => code === "SC1016")).toMatchObject([{ severity: "info" }]);
  const diagnostics = result.diagnostics.filter(({ code }) => code !== "SC1016");
  expect(reportJson({ ...result, diagnostics }, { stable: true })).toBe(await cold(config));
});

describe("the command line", () => {
  const SCAN = ["scan", "--no-checker", "--stable", "--reporter", "json"];

  test("keeps results beside the installed packages, unless told not to", async () => {
    const root = smallShop();
    expect((await runCli(root, SCAN)).code).toBe(0);
    expect(existsSync(path.join(root, "node_modules"))).toBe(false);
    mkdirSync(path.join(root, "node_modules"));
    const without = await runCli(root, [...SCAN, "--no-cache"]);
    expect(readdirSync(path.join(root, "node_modules"))).toEqual([]);
    const first = await runCli(root, SCAN);
    expect(readdirSync(path.join(root, "node_modules/.cache/seamcut"))).toHaveLength(1);
    const second = await runCli(root, SCAN);
    expect([first.stdout, second.stdout]).toEqual([without.stdout, without.stdout]);
  });

  test("two runs at the same time leave one whole file", async () => {
    const root = smallShop();
    const args = [...SCAN, "--cache-dir", "kept"];
    const runs = await Promise.all([runCli(root, args), runCli(root, args), runCli(root, args)]);
    const [text = ""] = runs.map(({ stdout }) => stdout);
    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual(runs.map(() => [0, text]));
    expect(readdirSync(cacheOf(root))).toHaveLength(1);
    expect(readCacheFile(keptFile(root))?.lines).toHaveLength(3);
    expect((await runCli(root, args)).stdout).toBe(text);
  });

  test("check finds the same with what a scan has kept", async () => {
    const root = smallShop();
    const kept = ["--cache-dir", "kept", "--no-checker"];
    await runCli(root, ["scan", ...kept]);
    const checked = (more: readonly string[]) => runCli(root, ["check", "--stable", "--reporter", "json", ...more]);
    const [warm, fresh] = [await checked(kept), await checked(["--no-checker", "--no-cache"])];
    expect(warm.code).toBe(1);
    expect(withoutTime(warm.stdout)).toEqual(withoutTime(fresh.stdout));
  });
});

function withoutTime(json: string): unknown {
  return JSON.parse(json, (key, value) => (key === "durationMs" ? 0 : value));
}
