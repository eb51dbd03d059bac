import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../support/composite-action.ts";
import { parseXml } from "../support/parsers.ts";
import {
  ADDED_CALL,
  checkOut,
  git,
  installSeamcut,
  LATER_CALL,
  openPullRequest,
  type PullRequest,
} from "../support/pull-request.ts";
import { writeIn, writeTree } from "../support/tree.ts";

const TEMPLATE = path.join(REPOSITORY, "integrations/gitlab.yml");
const GITLAB = createRequire(import.meta.url).resolve("gitlab-ci-local/src/index.js");

type Values = Readonly<Record<string, string>>;

/** What the template makes of a pipeline: its inputs in place, by GitLab's own schema. */
function expand(root: string, variables: Values, inputs: Values, ...args: string[]): string {
  copyFileSync(TEMPLATE, path.join(root, "seamcut.yml"));
  // Only files that git knows can be included.
  git(root, "add", "seamcut.yml");
  const included = { local: "seamcut.yml", inputs: { install: "true", ...inputs } };
  writeIn(root, ".gitlab-ci.yml", JSON.stringify({ include: [included] }));
  const given = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const command = [GITLAB, "--no-color", "--home", writeTree({}), ...given, ...args];
  const run = spawnSync(process.execPath, command, { cwd: root, env: OWN_ENV, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}

interface Run {
  readonly code: number | null;
  readonly log: string;
}

/** Runs the job as GitLab's runner does: one shell up to the end of `script`, another for what comes after. */
function runPipeline(root: string, variables: Values, inputs: Values = {}, tools?: string): Run {
  const preview = expand(root, variables, inputs, "--preview");
  const job = parse(preview.slice(preview.indexOf("\n---\n"))).seamcut as Job;
  const env = {
    ...OWN_ENV,
    ...(tools !== undefined && { PATH: `${tools}:${OWN_ENV.PATH}` }),
    CI: "true",
    GITLAB_CI: "true",
    CI_COMMIT_SHA: git(root, "rev-parse", "HEAD"),
    ...variables,
    ...job.variables,
  };
  const run = (lines: readonly string[]) =>
    spawnSync("sh", ["-e", "-c", lines.join("\n")], { cwd: root, env, encoding: "utf8" });
  const main = run([...job.before_script, ...job.script]);
  const after = run(job.after_script);
  return { code: main.status, log: [main, after].map(({ stdout, stderr }) => stdout + stderr).join("") };
}

interface Job {
  readonly variables: Values;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly after_script: readonly string[];
}

/** The tests may themselves run in CI, whose variables would go for those of the pipeline. */
const OWN_ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(CI|GITLAB|GITHUB|GCL)_/.test(name)),
);

interface Quality {
  readonly check_name: string;
  readonly location: { readonly path: string };
}

const reportsOf = (root: string) => ({
  quality: JSON.parse(readFileSync(path.join(root, "gl-code-quality-report.json"), "utf8")) as Quality[],
  junit: parseXml(readFileSync(path.join(root, "seamcut-junit.xml"), "utf8")).attributes,
});

const foundIn = (root: string) => {
  // That a module is new is said beside the calls.
  const calls = reportsOf(root).quality.filter(({ check_name: name }) => !/module|drift/.test(name));
  const places = calls.map(({ location }) => location.path);
  const ids: Values = { "src/billing/bill.ts": LATER_CALL, "src/returns/give-back.ts": ADDED_CALL };
  return places.map((file) => ids[file] ?? file).sort();
};

async function checkedOut(commitOf: (pull: PullRequest) => string, depth: number, folder = ".") {
  const pull = await openPullRequest(undefined, folder);
  const root = checkOut(pull, commitOf(pull), depth);
  installSeamcut(root);
  return { pull, root };
}

/** A pipeline of a merge request: the branch as it is. */
const ofBranch = ({ left }: PullRequest) => ({
  CI_PIPELINE_SOURCE: "merge_request_event",
  CI_MERGE_REQUEST_DIFF_BASE_SHA: left,
});
/** One for merged results: the branch merged into its target. */
const ofMerge = (pull: PullRequest) => ({ ...ofBranch(pull), CI_MERGE_REQUEST_TARGET_BRANCH_SHA: pull.base });

describe("a merge request", () => {
  test("gets a code quality report and tests, and fails", async () => {
    const { pull, root } = await checkedOut(({ head }) => head, 0);
    const run = runPipeline(root, ofBranch(pull));
    expect(run.code).toBe(1);
    expect(run.log).toContain("1 new direct call between modules");
    expect(run.log).not.toContain("shallow");
    const { quality, junit } = reportsOf(root);
    expect(quality).toMatchObject([
      { check_name: "new-call", location: { path: "src/returns/give-back.ts" } },
      { check_name: "module-drift" },
    ]);
    expect(junit).toMatchObject({ tests: "2", failures: "1" });
  });

  test("with merged results is compared with its target, not with where it left it", async () => {
    const { pull, root } = await checkedOut(({ merge }) => merge, 0);
    runPipeline(root, ofMerge(pull));
    expect(foundIn(root)).toEqual([ADDED_CALL]);
    runPipeline(root, ofBranch(pull));
    expect(foundIn(root)).toEqual([LATER_CALL, ADDED_CALL]);
  });

  test.each([
    ["the branch", ({ head }: PullRequest) => head, ofBranch],
    ["merged results", ({ merge }: PullRequest) => merge, ofMerge],
  ])("shallow clone of %s: the history is fetched, and said", async (_, commitOf, variables) => {
    const { pull, root } = await checkedOut(commitOf, 1);
    const run = runPipeline(root, variables(pull));
    expect(run.log).toContain("seamcut: this clone is shallow, fetching the history");
    expect(foundIn(root)).toEqual([ADDED_CALL]);
  });

  test("a shallow clone that goes back far enough is left as it is", async () => {
    const { pull, root } = await checkedOut(({ head }) => head, 3);
    const run = runPipeline(root, ofBranch(pull));
    expect(run.log).not.toContain("shallow");
    expect(foundIn(root)).toEqual([ADDED_CALL]);
  });

  test("in a folder of its repository, with more arguments, none of which the shell reads", async () => {
    const { pull, root } = await checkedOut(({ head }) => head, 0, "apps/shop");
    const inputs = { "working-directory": "apps/shop", args: "--owner `id>pwned` --owner $(id>pwned) --max-new 1" };
    const run = runPipeline(root, ofBranch(pull), inputs);
    expect(run.code).toBe(0);
    expect(reportsOf(root).quality).toEqual([]);
    expect(existsSync(path.join(root, "apps/shop/pwned"))).toBe(false);
  });
});

test("the default branch: everything counts", async () => {
  const { root } = await checkedOut(({ merge }) => merge, 1);
  git(root, "checkout", "-q", "-B", "main");
  const run = runPipeline(root, { CI_PIPELINE_SOURCE: "push" });
  expect(run.log).not.toContain("shallow");
  expect(foundIn(root)).toEqual([LATER_CALL, ADDED_CALL]);
});

test.each([
  ["main", /^seamcut +/m],
  ["spike", /^(?!.*^seamcut +)/ms],
])("a push to %s: a job on the default branch alone, the others have merge requests", async (branch, listed) => {
  const { root } = await checkedOut(({ merge }) => merge, 1);
  git(root, "checkout", "-q", "-B", branch);
  expect(expand(root, { CI_PIPELINE_SOURCE: "push" }, {}, "--list")).toMatch(listed);
});

test("the cache outlives an installation that empties node_modules", async () => {
  const { pull, root } = await checkedOut(({ head }) => head, 0);
  writeIn(root, ".seamcut-cache/facts.json", "{}");
  const install = "rm -rf node_modules/.cache";
  writeIn(root, "node_modules/.cache/seamcut/old.json", "{}");
  runPipeline(root, ofBranch(pull), { install });
  const kept = (file: string) => existsSync(path.join(root, file));
  expect([kept("node_modules/.cache/seamcut/facts.json"), kept("node_modules/.cache/seamcut/old.json")]).toEqual([
    true,
    false,
  ]);
  expect(kept(".seamcut-cache/facts.json")).toBe(true);
});

test("the version that was asked for runs", async () => {
  const { pull, root } = await checkedOut(({ head }) => head, 0);
  const tools = writeTree({ npx: '#!/bin/sh\nprintf "%s\\n" "$*"\n' });
  chmodSync(path.join(tools, "npx"), 0o755);
  const run = runPipeline(root, ofBranch(pull), { version: "0.0.9" }, tools);
  expect(run.log).toMatch(/^--yes -- seamcut@0\.0\.9 check --since /);
});

test("a job that GitLab would refuse is told", async () => {
  const { pull, root } = await checkedOut(({ head }) => head, 0);
  expect(() => expand(root, ofBranch(pull), { stage: "nowhere" }, "--list")).toThrow("nowhere");
});
