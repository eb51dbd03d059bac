import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { validateAction } from "@action-validator/core";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { type Comment, type CommentsApi, serveComments } from "../support/comments-api.ts";
import { type ActionRun, REPOSITORY, readAction, runAction } from "../support/composite-action.ts";
import { sarifErrors } from "../support/parsers.ts";
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

interface Job {
  readonly event?: string;
  readonly api?: CommentsApi;
  readonly fork?: boolean;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
}

/** The action in a workflow `on: pull_request`, after checkout and installation. */
function runJob(pull: PullRequest, workspace: string, job: Job = {}): Promise<ActionRun> {
  const name = job.event ?? "pull_request";
  const repo = (from: string) => ({ repo: { full_name: from } });
  const payloads: Readonly<Record<string, unknown>> = {
    push: { ref: "refs/heads/main" },
    merge_group: { merge_group: { base_sha: pull.base, head_sha: pull.merge } },
  };
  return runAction({
    workspace,
    temp: writeTree({}),
    event: {
      name,
      payload: payloads[name] ?? {
        pull_request: {
          number: pull.number,
          base: { sha: pull.base, ...repo("shop/shop") },
          head: { sha: pull.head, ...repo(job.fork ? "guest/shop" : "shop/shop") },
        },
      },
    },
    with: { token: "secret", ...job.with },
    env: {
      GITHUB_API_URL: job.api?.url ?? "http://127.0.0.1:9",
      GITHUB_BASE_REF: name === "pull_request" ? "main" : "",
      GITHUB_REPOSITORY: "shop/shop",
      GITHUB_SHA: pull.merge,
      ...job.env,
    },
  });
}

/** A checkout of the merge, one commit deep, with seamcut installed. */
async function checkedOut(): Promise<{ pull: PullRequest; workspace: string }> {
  const pull = await openPullRequest();
  const workspace = checkOut(pull, pull.merge, 1);
  installSeamcut(workspace);
  return { pull, workspace };
}

const sarifOf = (run: ActionRun) => JSON.parse(readFileSync(run.outputs.sarif ?? "", "utf8")) as Log;
const idsOf = (run: ActionRun): string[] =>
  JSON.parse(readFileSync(run.outputs.json ?? "", "utf8")).findings.flatMap((found: { kind: string; id: string }) =>
    // That a module is new is said beside the calls.
    found.kind === "drift" ? [] : found.id,
  );

describe("action.yml", () => {
  const action = readAction();
  const text = readFileSync(path.join(REPOSITORY, "action.yml"), "utf8");

  test("is an action by GitHub's schema", () => {
    expect(validateAction(text).errors).toEqual([]);
    expect(validateAction(text.replace("composite", "compsite")).errors).not.toEqual([]);
  });

  test("no expression stands in a script, where a value of others would be code", () => {
    const scripts = action.runs.steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  test("other actions are pinned by their major", () => {
    expect(action.runs.steps.flatMap(({ uses }) => uses ?? [])).toEqual(["actions/cache@v5"]);
  });

  test("its scripts are in the repository and need nothing that is not", () => {
    const scripts = action.runs.steps.flatMap(
      ({ run }) => /^node "\$GITHUB_ACTION_PATH\/(.*)"$/.exec(run ?? "")?.[1] ?? [],
    );
    expect(scripts).toHaveLength(3);
    const tracked = execFileSync("git", ["ls-files", "integrations"], { cwd: REPOSITORY, encoding: "utf8" }).split(
      "\n",
    );
    expect(tracked).toEqual(expect.arrayContaining(scripts));
    const folder = path.join(REPOSITORY, "integrations/github");
    for (const script of readdirSync(folder)) {
      const imports = readFileSync(path.join(folder, script), "utf8").matchAll(/^import .* from "(.*)";$/gm);
      for (const [, from = ""] of imports) expect(from).toMatch(/^node:|^\.\/runner\.js$/);
    }
  });
});

describe("a pull request", () => {
  test("gets annotations, a summary, SARIF and a comment, and fails", async () => {
    const { pull, workspace } = await checkedOut();
    const api = await serveComments();
    const run = await runJob(pull, workspace, { api, with: { comment: "true" } });
    expect(run.code).toBe(1);
    expect(run.steps).toEqual({
      "Restore the cache": "success",
      "Find the commit to compare with": "success",
      Check: "success",
      Comment: "success",
      "Fail where something was found": "failure",
    });
    expect(run.log).toContain("::error file=src/returns/give-back.ts,line=4,");
    expect(run.log).toContain("1 new direct call between modules");
    expect(run.summary).toContain("### seamcut: 1 new direct call between modules");
    expect(run.outputs).toMatchObject({ "exit-code": "1", findings: "2", new: "1", since: pull.base });
    expect(sarifErrors(sarifOf(run))).toEqual([]);
    expect(idsOf(run)).toEqual([ADDED_CALL]);
    expect(api.requests).toEqual(["GET /repos/shop/shop/issues/7/comments", "POST /repos/shop/shop/issues/7/comments"]);
    expect([...api.tokens]).toEqual(["Bearer secret"]);
    expect(api.comments[0]?.body).toMatch(/^<!-- seamcut:check -->\n### seamcut: 1 new direct call/);
  });

  test("has one comment: a second run changes it, and says when all is well", async () => {
    const { pull, workspace } = await checkedOut();
    const others: Comment[] = Array.from({ length: 100 }, (_, index) => ({
      id: index + 1,
      body: index === 0 ? "See <!-- seamcut:check --> above." : "Nice.",
      html_url: "",
    }));
    const api = await serveComments({ comments: others });
    await runJob(pull, workspace, { api, with: { comment: "true" } });
    writeIn(workspace, "src/returns/give-back.ts", "export function giveBack(): void {}\n");
    const second = await runJob(pull, workspace, { api, with: { comment: "true" } });
    expect(second.code).toBe(0);
    expect(api.comments).toHaveLength(101);
    expect(api.comments[100]?.body).toContain("The check passes.");
    expect(api.requests.filter((request) => !request.startsWith("GET"))).toEqual([
      "POST /repos/shop/shop/issues/7/comments",
      "PATCH /repos/shop/shop/issues/comments/101",
    ]);
  });

  test("with nothing to say gets no comment", async () => {
    const pull = await openPullRequest({ "src/orders/tax.ts": "export const TAX = 0.2;\n" });
    const workspace = checkOut(pull, pull.merge, 1);
    installSeamcut(workspace);
    const api = await serveComments();
    const run = await runJob(pull, workspace, { api, with: { comment: "true" } });
    expect([run.code, run.outputs.findings, api.comments]).toEqual([0, "0", []]);
  });

  test("from a fork: the token only reads, so a notice stands for the comment, and the result is the same", async () => {
    const { pull, workspace } = await checkedOut();
    const api = await serveComments({ mayWrite: false });
    const run = await runJob(pull, workspace, { api, fork: true, with: { comment: "true" } });
    expect(run.steps).toMatchObject({ Comment: "success", "Fail where something was found": "failure" });
    expect(run.log).toContain(
      "::notice title=seamcut::No comment was written, because a pull request from a fork runs with a token that only reads.",
    );
    expect(run.log).toContain("::error file=src/returns/give-back.ts");
    expect(run.summary).toContain("### seamcut");
    expect(api.comments).toEqual([]);
    const lenient = await runJob(pull, workspace, { api, fork: true, with: { comment: "true", fail: "false" } });
    expect([lenient.code, lenient.outputs["exit-code"]]).toEqual([0, "1"]);
  });

  test("of a job without the permission: the notice names it", async () => {
    const { pull, workspace } = await checkedOut();
    const run = await runJob(pull, workspace, {
      api: await serveComments({ mayWrite: false }),
      with: { comment: "true", fail: "false" },
    });
    expect(run.code).toBe(0);
    expect(run.log).toMatch(/::notice .*pull-requests: write/);
  });

  test.each([
    ["an API that fails", () => serveComments({ status: 502 }), "gave 502"],
    ["no API", async () => undefined, "fetch failed"],
  ])("and %s: a warning, and the result is the same", async (_, serve, why) => {
    const { pull, workspace } = await checkedOut();
    const api = await serve();
    const run = await runJob(pull, workspace, { ...(api && { api }), with: { comment: "true", fail: "false" } });
    expect(run.code).toBe(0);
    expect(run.log).toMatch(new RegExp(`::warning title=seamcut::The comment could not be written: .*${why}`));
  });

  test("in a folder of its repository: paths from the top, and a comment of its own", async () => {
    const pull = await openPullRequest(undefined, "apps/shop");
    const workspace = checkOut(pull, pull.merge, 1);
    installSeamcut(workspace);
    const api = await serveComments({ comments: [{ id: 1, body: "<!-- seamcut:check -->\n", html_url: "" }] });
    const run = await runJob(pull, workspace, { api, with: { comment: "true", "working-directory": "apps/shop" } });
    expect(run.log).toContain("::error file=apps/shop/src/returns/give-back.ts,line=4,");
    expect(api.comments.map(({ body }) => body.split("\n")[0])).toEqual([
      "<!-- seamcut:check -->",
      "<!-- seamcut:check apps/shop -->",
    ]);
    expect(run.uses["actions/cache@v5"]).toMatchObject({
      path: "apps/shop/node_modules/.cache/seamcut",
      key: `seamcut-Linux-apps/shop-${pull.merge}`,
    });
  });
});

describe("what a pull request is compared with", () => {
  test("shallow clone of the merge: one more commit is fetched, and said", async () => {
    const { pull, workspace } = await checkedOut();
    const run = await runJob(pull, workspace);
    expect(run.log).toContain(
      "::notice title=seamcut::This clone is shallow: fetching the commit that the pull request goes into.",
    );
    expect(run.outputs.since).toBe(pull.base);
    expect(idsOf(run)).toEqual([ADDED_CALL]);
    expect(git(workspace, "rev-parse", "--is-shallow-repository")).toBe("true");
  });

  test("shallow clone of the branch: the history is fetched, and said", async () => {
    const pull = await openPullRequest();
    const workspace = checkOut(pull, pull.head, 1);
    installSeamcut(workspace);
    const run = await runJob(pull, workspace);
    expect(run.log).toContain("This clone is shallow: fetching the history up to where the code left its base.");
    expect(idsOf(run)).toEqual([ADDED_CALL]);
    expect(git(workspace, "merge-base", "HEAD", pull.base)).toBe(pull.left);
  });

  test("a whole clone: nothing is fetched", async () => {
    const pull = await openPullRequest();
    const workspace = checkOut(pull, pull.merge, 0);
    installSeamcut(workspace);
    git(workspace, "remote", "set-url", "origin", "file:///nowhere");
    const run = await runJob(pull, workspace);
    expect(run.log).not.toContain("fetching");
    expect(idsOf(run)).toEqual([ADDED_CALL]);
  });

  test("a shallow clone whose server cannot be reached: the step fails and says what to do", async () => {
    const { pull, workspace } = await checkedOut();
    git(workspace, "remote", "set-url", "origin", "file:///nowhere");
    const run = await runJob(pull, workspace);
    expect(run.code).toBe(2);
    expect(run.steps).toMatchObject({ "Find the commit to compare with": "failure", Check: "skipped" });
    expect(run.log).toMatch(/::error title=seamcut::git could not fetch .*fetch-depth of 0/);
  });

  test.each(["main", "origin/main"])("the base that was asked for, %s, fetched where it is missing", async (base) => {
    const { pull, workspace } = await checkedOut();
    const run = await runJob(pull, workspace, { with: { base } });
    expect(run.outputs.since).toBe(pull.base);
    expect(idsOf(run)).toEqual([ADDED_CALL]);
  });

  test("a merge queue: the commit that it goes on from", async () => {
    const { pull, workspace } = await checkedOut();
    const run = await runJob(pull, workspace, { event: "merge_group" });
    expect(run.outputs.since).toBe(pull.base);
    expect(idsOf(run)).toEqual([ADDED_CALL]);
  });

  test("pull_request_target checks out the base: a check of nothing says so", async () => {
    const pull = await openPullRequest();
    const workspace = checkOut(pull, pull.base, 1);
    installSeamcut(workspace);
    const run = await runJob(pull, workspace, { event: "pull_request_target" });
    expect([run.code, idsOf(run)]).toEqual([0, []]);
    expect(run.log).toContain("::warning title=seamcut::What is checked out holds nothing of the pull request");
  });

  test("a push: everything counts, and there is nothing to comment on", async () => {
    const { pull, workspace } = await checkedOut();
    const run = await runJob(pull, workspace, { event: "push", with: { comment: "true" } });
    expect(run.outputs.since).toBe("");
    expect(idsOf(run).sort()).toEqual([LATER_CALL, ADDED_CALL]);
    expect(run.log).toContain("no pull request to comment on");
    expect(run.code).toBe(1);
  });
});

describe("inputs", () => {
  test("args go to the check, quotes holding together what has spaces", async () => {
    const { pull, workspace } = await checkedOut();
    const args = `--max-new 1 --reporter "csv=all findings.csv" --owner='The "Shop" team'`;
    const run = await runJob(pull, workspace, { with: { args } });
    expect([run.code, run.outputs.findings]).toEqual([0, "0"]);
    expect(readFileSync(path.join(workspace, "all findings.csv"), "utf8")).toMatch(/^kind,severity/);
  });

  test("a check that could not be made fails whatever `fail` says, and writes no comment", async () => {
    const { pull, workspace } = await checkedOut();
    const api = await serveComments();
    const run = await runJob(pull, workspace, { api, with: { args: "--sincee", comment: "true", fail: "false" } });
    expect(run.code).toBe(2);
    expect(run.steps).toMatchObject({ Check: "failure", Comment: "skipped" });
    expect(run.log).toContain("::error title=seamcut::The check could not be made");
    expect(api.requests).toEqual([]);
  });

  test("cache: false leaves the cache out", async () => {
    const { pull, workspace } = await checkedOut();
    const run = await runJob(pull, workspace, { with: { cache: "false" } });
    expect(run.steps["Restore the cache"]).toBe("skipped");
  });

  test.each(["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "--upload-pack=touch pwned"])(
    "%s runs no command, whatever input holds it",
    async (value) => {
      const { pull, workspace } = await checkedOut();
      const env = { PATH: `${writeNpx()}:${process.env.PATH}` };
      const others = { args: value, comment: "true", fail: value, token: value, version: value };
      const runs = [
        await runJob(pull, workspace, { with: { base: value } }),
        await runJob(pull, workspace, { with: others, env }),
      ];
      expect(runs.map(({ steps }) => [steps["Find the commit to compare with"], steps.Check])).toEqual([
        ["failure", "skipped"],
        ["success", "failure"],
      ]);
      expect(existsSync(path.join(workspace, "pwned"))).toBe(false);
    },
  );
});

/** A folder with a program that says how it was called, and runs what it would have downloaded or found. */
function writeNpx(name = "npx", words = 3): string {
  const bin = path.join(REPOSITORY, "bin/seamcut.js");
  const script = `#!/bin/sh\nprintf '${name} %s\\n' "$*"\nshift ${words}\nexec node '${bin}' "$@"\n`;
  const folder = writeTree({ [name]: script });
  chmodSync(path.join(folder, name), 0o755);
  return folder;
}

describe("which seamcut runs", () => {
  const { version } = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8"));

  async function runWith(tools: string, inputs: Readonly<Record<string, string>>, prepare: (root: string) => void) {
    const pull = await openPullRequest();
    const workspace = checkOut(pull, pull.merge, 1);
    prepare(workspace);
    return runJob(pull, workspace, { with: inputs, env: { PATH: `${tools}:${process.env.PATH}` } });
  }

  test("where none is installed, the action's own, by npx", async () => {
    const run = await runWith(writeNpx(), {}, () => {});
    expect(run.log).toContain(`npx --yes -- seamcut@${version} check --since`);
    expect(idsOf(run)).toEqual([ADDED_CALL]);
  });

  test("where one is asked for, that one, by npx", async () => {
    const run = await runWith(writeNpx(), { version: "0.0.9" }, installSeamcut);
    expect(run.log).toContain("npx --yes -- seamcut@0.0.9 check --since");
    expect(idsOf(run)).toEqual([ADDED_CALL]);
  });

  test("where Yarn keeps packages without node_modules, what it finds", async () => {
    const run = await runWith(writeNpx("yarn", 2), {}, (root) => writeIn(root, ".pnp.cjs", ""));
    expect(run.log).toContain("yarn run seamcut check --since");
    expect(idsOf(run)).toEqual([ADDED_CALL]);
  });

  test("npx that fails with the code of findings is a check that could not be made", async () => {
    const tools = writeTree({ npx: "#!/bin/sh\necho 'npm error 404' >&2\nexit 1\n" });
    chmodSync(path.join(tools, "npx"), 0o755);
    const run = await runWith(tools, { fail: "false" }, () => {});
    expect([run.code, run.outputs["exit-code"]]).toEqual([2, ""]);
    expect(run.log).toContain("::error title=seamcut::The check could not be made");
  });
});
