import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { parseDot, parseMermaid, parseXml, sarifErrors, workflowCommands } from "../support/parsers.ts";
import { SMALL_SHOP, SMALL_SHOP_CALL, type Tree, writeTree } from "../support/tree.ts";

const NEW = "1 new direct call between modules";
const read = (root: string, file: string) => readFileSync(path.join(root, file), "utf8");

describe("check", () => {
  test("every report goes where it was asked to go, and none to stdout unasked", async () => {
    const root = writeTree(SMALL_SHOP);
    const asked = ["text=out/check.txt", "sarif=out/check.sarif", "junit=out/check.xml", "gitlab=out/gl.json"];
    const run = await runCli(root, [
      "check",
      ...asked.flatMap((value) => ["--reporter", value]),
      "--reporter",
      "badge",
    ]);
    expect([run.code, run.stderr]).toEqual([1, ""]);
    expect(JSON.parse(run.stdout)).toMatchObject({ schemaVersion: 1, message: "0 known, 1 new" });
    expect(read(root, "out/check.txt")).toContain(NEW);
    expect(sarifErrors(JSON.parse(read(root, "out/check.sarif")))).toEqual([]);
    expect(parseXml(read(root, "out/check.xml")).attributes.failures).toBe("1");
    expect(JSON.parse(read(root, "out/gl.json"))).toHaveLength(1);
  });

  test("a file gets no colours, whatever the terminal can show", async () => {
    const root = writeTree(SMALL_SHOP);
    const env = { NO_COLOR: undefined, FORCE_COLOR: "1" };
    const run = await runCli(root, ["check", "--reporter", "text=check.txt", "--reporter", "text"], [], env);
    expect(run.stdout).toContain("\u001b[");
    expect(read(root, "check.txt")).not.toContain("\u001b[");
  });

  test("platforms get paths from the top of the repository", async () => {
    const top = writeTree(
      Object.fromEntries(Object.entries(SMALL_SHOP).map(([file, text]) => [`apps/shop/${file}`, text])),
    );
    mkdirSync(path.join(top, ".git"));
    const asked = ["--reporter", "sarif", "--reporter", "rdjson=rd.json"];
    const run = await runCli(top, ["check", "--cwd", "apps/shop", ...asked]);
    const place = (JSON.parse(run.stdout) as Log).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation?.uri).toBe("apps/shop/src/orders/place.ts");
    expect(JSON.parse(read(top, "apps/shop/rd.json")).diagnostics[0].location.path).toBe("src/orders/place.ts");
  });

  test("owners are told when it is asked for", async () => {
    const root = writeTree(SMALL_SHOP, { CODEOWNERS: "src/stock/ @shop/stock\n" });
    const quiet = await runCli(root, ["check", "--reporter", "markdown"]);
    const loud = await runCli(root, ["check", "--reporter", "markdown", "--mention-owners"]);
    expect(quiet.stdout).toContain("| `@shop/stock` |");
    expect(loud.stdout).toContain("| @shop/stock |");
  });
});

describe("GitHub Actions", () => {
  test("annotations come with the text, and a summary with them", async () => {
    const root = writeTree(SMALL_SHOP, { "summary.md": "what another command has said\n" });
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path.join(root, "summary.md") };
    const run = await runCli(root, ["check"], [], env);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(NEW);
    const lines = run.stdout.split("\n").filter((line) => line.startsWith("::"));
    expect(workflowCommands(lines.join("\n"))[0]?.properties).toMatchObject({ file: "src/orders/place.ts", line: "4" });
    expect(read(root, "summary.md")).toMatch(/^what another command has said\n### seamcut: 1 new direct call/);
  });

  test("nothing is added to what was chosen", async () => {
    const root = writeTree(SMALL_SHOP);
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path.join(root, "summary.md") };
    const run = await runCli(root, ["check", "--reporter", "json"], [], env);
    expect(JSON.parse(run.stdout).exitCode).toBe(1);
    expect(() => read(root, "summary.md")).toThrow("ENOENT");
  });

  test("a summary that cannot be written is said", async () => {
    const root = writeTree(SMALL_SHOP);
    const run = await runCli(root, ["check"], [], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: path.join(root, "no/such"),
    });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("[SC2008]");
  });
});

describe("a reporter of one's own", () => {
  const OWN: Tree = {
    "own.mjs": "export default async (report) => report.findings.map(({ id }) => id + '\\n').join('');",
    "throws.mjs": "export default () => { throw new Error('out of ink'); };",
    "number.mjs": "export default () => 7;",
    "nothing.mjs": "export const report = 1;",
    "broken.mjs": "export default (",
  };

  test("gets the report, and its text goes to stdout or a file", async () => {
    const root = writeTree(SMALL_SHOP, OWN);
    const run = await runCli(root, ["check", "--reporter", "./own.mjs", "--reporter", "./own.mjs=own.txt"]);
    expect(run).toMatchObject({ code: 1, stdout: `${SMALL_SHOP_CALL}\n`, stderr: "" });
    expect(read(root, "own.txt")).toBe(run.stdout);
  });

  test.each([
    ["./throws.mjs", "the reporter ./throws.mjs has thrown: out of ink"],
    ["./number.mjs", "the reporter ./number.mjs gave no string but number"],
    ["./nothing.mjs", "the reporter ./nothing.mjs has no function as its default export"],
    ["./broken.mjs", "the reporter ./broken.mjs cannot be loaded: "],
    ["./missing.mjs", "the reporter ./missing.mjs cannot be loaded: "],
  ])("%s fails with a code", async (name, message) => {
    const run = await runCli(writeTree(SMALL_SHOP, OWN), ["check", "--reporter", name]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(`seamcut: ${message}`);
    expect(run.stderr).toContain("[SC2019]");
  });
});

test.each([
  [["check", "--reporter", "sarfi"], "did you mean sarif?"],
  [
    ["check", "--reporter", "teamcity"],
    "known: text, json, sarif, github, gitlab, junit, checkstyle, rdjson, markdown, csv, dot, mermaid, badge",
  ],
  [["check", "--reporter", "teamcity"], "one of your own   --reporter ./my-reporter.mjs"],
  [["scan", "--reporter", "./own.mjs"], "known: text, json, csv, dot, mermaid"],
])("%j: SC2014 with what is known", async (args, hint) => {
  const run = await runCli(writeTree(SMALL_SHOP), args);
  expect([run.code, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toContain("[SC2014]");
  expect(run.stderr).toContain(hint);
});

test("scan writes its calls and edges as CSV, DOT and Mermaid", async () => {
  const root = writeTree(SMALL_SHOP);
  const run = await runCli(root, [
    "scan",
    "--reporter",
    "csv",
    "--reporter",
    "dot=g.dot",
    "--reporter",
    "mermaid=g.mmd",
  ]);
  expect(run.code).toBe(0);
  expect(parseCsv(run.stdout, { columns: true })).toMatchObject([
    { from: "orders", to: "stock", caller: "place", callee: "reserve", line: "4", id: SMALL_SHOP_CALL },
  ]);
  expect(parseDot(read(root, "g.dot"))).toMatchObject({ edges: 1 });
  expect(parseMermaid(read(root, "g.mmd"))).toEqual({ edges: 1, labels: ["orders", "stock"] });
});

describe("a megabyte through a pipe", () => {
  const COUNT = 2500;
  const MANY: Tree = {
    "src/orders/many.ts": [
      'import { reserve } from "../stock/stock";',
      ...Array.from({ length: COUNT }, (_, index) => `export const place${index} = () => reserve("${index}");`),
    ].join("\n"),
    // A warning on stderr, in every run.
    "src/orders/lost.ts": 'import { lost } from "../stock/lost";\n\nexport const find = (): string => lost();\n',
  };

  test.each([
    ["json", (text: string) => JSON.parse(text).findings.length],
    ["sarif", (text: string) => JSON.parse(text).runs[0].results.length],
    ["junit", (text: string) => Number(parseXml(text).attributes.tests)],
  ])("%s goes whole, and stderr is not in it", async (name, countIn) => {
    const run = await runCli(writeTree(SMALL_SHOP, MANY), ["check", "--reporter", name]);
    expect(run.stdout.length).toBeGreaterThan(1024 * 1024);
    expect(countIn(run.stdout)).toBe(COUNT + 1);
    expect(run.stderr).toContain("warning SC1002");
    expect(run.code).toBe(1);
  });
});
