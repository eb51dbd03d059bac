import { mkdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import type { UserError } from "../../src/model/index.ts";
import { SMALL_SHOP, writeTree } from "../support/tree.ts";

async function failureOf(run: Promise<unknown>): Promise<UserError> {
  try {
    await run;
  } catch (error) {
    return error as UserError;
  }
  throw new Error("nothing was thrown");
}

const withConfig = (text: string, name = "seamcut.config.json") => writeTree(SMALL_SHOP, { [name]: text });

describe("what is asked for", () => {
  test("nothing: every default is filled in", async () => {
    const root = writeTree(SMALL_SHOP);
    expect(await loadConfig({ cwd: root })).toEqual({
      root,
      tsconfig: "tsconfig.json",
      files: [],
      modules: [],
      kinds: {},
      leaves: [],
      keep: [],
      severities: [],
      overrides: [],
      runtime: "src/seamcut",
      baseline: "seamcut-baseline.json",
      checker: true,
      source: null,
    });
  });

  test("the command line stands above the file", async () => {
    const root = withConfig('{ "modules": ["lib/*"], "runtime": "./src/events/" }');
    const config = await loadConfig({ cwd: root, modules: ["src/*"] });
    expect(config).toMatchObject({ modules: ["src/*"], runtime: "src/events", source: "seamcut.config.json" });
  });

  test("--no-config reads no file, not even a broken one", async () => {
    expect((await loadConfig({ cwd: withConfig("{"), config: false })).source).toBeNull();
  });

  test("another file, by name", async () => {
    const root = withConfig('{ "modules": ["src/*"] }', "api.seamcut.json");
    expect((await loadConfig({ cwd: root, config: "api.seamcut.json" })).modules).toEqual(["src/*"]);
  });

  test("TypeScript", async () => {
    const root = withConfig('export default { modules: ["src/*"] satisfies string[] };\n', "seamcut.config.ts");
    expect((await loadConfig({ cwd: root })).modules).toEqual(["src/*"]);
  });
});

describe("what is not valid ends with SC2005", () => {
  test.each([
    ["a typo", '{ "modlues": ["src/*"] }', '(top level): unknown key "modlues", did you mean "modules"?'],
    ["a wrong type", '{ "modules": "src/*" }', "modules: Invalid input: expected array, received string"],
    ["a list", "[]", "(top level): Invalid input: expected object, received array"],
    [
      "an unknown kind",
      '{ "kinds": { "orders": "domian" } }',
      'kinds.orders: Invalid option: expected one of "domain"|"shared"|"infrastructure"|"composition"',
    ],
    [
      "an override without its reason",
      '{ "overrides": [{ "match": "stock:reserve", "verdict": "event" }] }',
      "overrides.0.reason: Invalid input: expected string, received undefined",
    ],
  ])("%s", async (_, text, hint) => {
    const error = await failureOf(loadConfig({ cwd: withConfig(text) }));
    expect(error).toMatchObject({ code: "SC2005", message: "seamcut.config.json is not valid", hints: [hint] });
  });

  test("no JSON", async () => {
    const error = await failureOf(loadConfig({ cwd: withConfig("{") }));
    expect(error.code).toBe("SC2005");
    expect(error.message).toMatch(/^seamcut\.config\.json is not valid JSON: /);
  });

  test("a folder, found or named", async () => {
    const root = writeTree(SMALL_SHOP);
    mkdirSync(path.join(root, "seamcut.config.json"));
    expect(await failureOf(loadConfig({ cwd: root }))).toMatchObject({ code: "SC2005" });
    expect(await failureOf(loadConfig({ cwd: root, config: "src" }))).toMatchObject({ code: "SC2005" });
  });

  test("a file that is named and not there", async () => {
    expect(await failureOf(loadConfig({ cwd: writeTree(SMALL_SHOP), config: "gone.json" }))).toMatchObject({
      code: "SC2005",
    });
  });

  test("code that throws", async () => {
    const root = withConfig('throw new Error("no database url");\n', "seamcut.config.ts");
    const error = await failureOf(loadConfig({ cwd: root }));
    expect(error).toMatchObject({ code: "SC2005" });
    expect(error.message).toContain("no database url");
  });
});

test("a folder that is not there, or is a file", async () => {
  const root = writeTree(SMALL_SHOP);
  expect(await failureOf(loadConfig({ cwd: path.join(root, "gone") }))).toMatchObject({ code: "SC2015" });
  expect(await failureOf(loadConfig({ cwd: path.join(root, "tsconfig.json") }))).toMatchObject({ code: "SC2015" });
});
