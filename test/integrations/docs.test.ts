import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { validateWorkflow } from "@action-validator/core";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { REPOSITORY, readAction } from "../support/composite-action.ts";
import { git, installSeamcut } from "../support/pull-request.ts";
import { SMALL_SHOP, type Tree, writeIn, writeTree } from "../support/tree.ts";

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), "utf8");

/** The sections of docs/ci.md by their heading, and what comes before them. */
const [opening = "", ...rest] = read("docs/ci.md").split(/^## /m);
const sections = new Map(rest.map((section) => [section.slice(0, section.indexOf("\n")), section]));

function blocksOf(heading: string, language: string): string[] {
  const text = sections.get(heading) ?? expect.fail(`no section ${heading}`);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, block = ""]) => block);
}

/** The default of every input, by its name, as the table of a section has it. */
function inputsIn(heading: string): Record<string, string> {
  const rows = (sections.get(heading) ?? "").matchAll(/^\| `([\w-]+)` \| (?:`([^`]*)`)? ?\|/gm);
  return Object.fromEntries([...rows].map(([, name = "", value = ""]) => [name, value]));
}

interface Inputs {
  readonly [name: string]: { readonly default: string };
}
const defaultsOf = (inputs: Inputs) =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { default: value }]) => [name, value.replace(/^\$\{\{ | \}\}$/g, "")]),
  );

/** A shop under git with seamcut installed and its calls accepted. */
function acceptedShop(tree: Tree = {}): string {
  const root = writeTree(SMALL_SHOP, { ".gitignore": "node_modules/\nreports/\n" }, tree);
  installSeamcut(root);
  git(root, "init", "-q", "-b", "main");
  expect(shell(root, /^2\. `([^`]+)`/m.exec(opening)?.[1] ?? "")).toMatchObject({ status: 0 });
  git(root, "add", "-A");
  git(root, "commit", "-qm", "Accept today's calls");
  return root;
}

/** Runs a command as a user's script does, with the repository's own tools. */
function shell(cwd: string, command: string) {
  const { GITHUB_ACTIONS: _, FORCE_COLOR: __, ...env } = process.env;
  const PATH = `${path.join(cwd, "node_modules/.bin")}:${env.PATH}`;
  return spawnSync("sh", ["-c", command], { cwd, env: { ...env, PATH }, encoding: "utf8" });
}

const NEW_CALL: readonly [string, string] = [
  "src/returns/give-back.ts",
  'import { reserve } from "../stock/stock";\n\nexport const giveBack = (): string => reserve("vase");\n',
];

describe("docs/ci.md", () => {
  test("has every input and output of the action, with its default", () => {
    const { inputs, outputs } = readAction();
    expect(inputsIn("GitHub Actions")).toEqual(defaultsOf(inputs));
    const listed = /^Outputs: .*?$/m.exec(sections.get("GitHub Actions") ?? "")?.[0] ?? "";
    expect([...listed.matchAll(/`([\w-]+)`/g)].map(([, name]) => name).sort()).toEqual(Object.keys(outputs).sort());
  });

  test("has every input of the GitLab template, with its default", () => {
    const [head] = parseAllDocuments(read("integrations/gitlab.yml")).map((document) => document.toJS());
    expect(inputsIn("GitLab")).toEqual(defaultsOf(head.spec.inputs));
    const [include] = blocksOf("GitLab", "yaml").map((block) => parse(block));
    expect(Object.keys(head.spec.inputs)).toEqual(expect.arrayContaining(Object.keys(include.include[0].inputs)));
  });

  test("what it tells to copy is in the package", () => {
    const [copied = ""] = /node_modules\/seamcut\/\S+/.exec(blocksOf("GitLab", "sh").join("")) ?? [];
    const packed = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    const files = JSON.parse(packed.stdout)[0].files.map(
      ({ path: file }: { path: string }) => `node_modules/seamcut/${file}`,
    );
    expect(files).toContain(copied);
  });

  test("its workflow is one by GitHub's schema, and gives the action inputs that it has", () => {
    const [workflow = "", upload = ""] = blocksOf("GitHub Actions", "yaml");
    expect(validateWorkflow(workflow).errors).toEqual([]);
    const { steps } = parse(workflow).jobs.seamcut;
    expect(Object.keys(readAction().inputs)).toEqual(expect.arrayContaining(Object.keys(steps.at(-1).with)));
    const whole = parse(workflow);
    whole.jobs.seamcut.steps = parse(upload);
    expect(validateWorkflow(JSON.stringify(whole)).errors).toEqual([]);
  });

  test("the script of Nx and Turborepo writes what their caches keep", () => {
    const [script, nx, turbo] = blocksOf("Nx and Turborepo", "json").map((block) => JSON.parse(block));
    const root = acceptedShop();
    const run = shell(root, script.scripts.seamcut);
    expect([run.status, run.stderr]).toEqual([0, ""]);
    const [output] = turbo.tasks.seamcut.outputs;
    expect(nx.targetDefaults.seamcut.outputs).toEqual([`{projectRoot}/${output}`]);
    expect(JSON.parse(readFileSync(path.join(root, output), "utf8"))).toMatchObject({ version: 1, exitCode: 0 });
    writeIn(root, ...NEW_CALL);
    expect(shell(root, script.scripts.seamcut).status).toBe(1);
  });
});

describe(".pre-commit-hooks.yaml", () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));

  test("is the hook that docs/ci.md names, and the command that it gives to others", () => {
    const [config] = blocksOf("Before a commit", "yaml").map((block) => parse(block));
    expect(config.repos[0].hooks).toEqual([{ id: hook.id }]);
    expect(blocksOf("Before a commit", "sh")).toEqual([`${hook.entry}\n`]);
    expect(hook).toMatchObject({ language: "system", pass_filenames: false });
  });

  test.each([
    ["src/orders/place.ts", true],
    ["packages/ui/button.mts", true],
    ["apps/shop/seamcut-baseline.json", true],
    ["seamcut.config.json", true],
    ["README.md", false],
    ["package.json", false],
  ])("%s asks for it: %s", (file, asks) => {
    expect(new RegExp(hook.files).test(file)).toBe(asks);
  });

  test("refuses a commit with a new call, and lets others through", () => {
    const root = acceptedShop();
    writeIn(root, "src/orders/tax.ts", "export const TAX = 0.2;\n");
    git(root, "add", "-A");
    expect(shell(root, hook.entry)).toMatchObject({ status: 0, stderr: "" });
    writeIn(root, ...NEW_CALL);
    git(root, "add", "-A");
    const refused = shell(root, hook.entry);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain("returns → stock");
  });
});
