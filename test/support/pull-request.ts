import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runCli } from "./cli.ts";
import { REPOSITORY } from "./composite-action.ts";
import { SMALL_SHOP, type Tree, writeIn, writeTree } from "./tree.ts";

export function git(root: string, ...args: string[]): string {
  const identity = ["-c", "user.name=Shop", "-c", "user.email=shop@example.com", "-c", "commit.gpgSign=false"];
  return execFileSync("git", [...identity, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/** A repository on a server, with a pull request from `feature` into `main`. */
export interface PullRequest {
  /** Address of the server's repository, by which a shallow clone stays shallow. */
  readonly url: string;
  readonly number: number;
  /** Where the branch left `main`. */
  readonly left: string;
  /** Tip of `main`, which has gone on since. */
  readonly base: string;
  readonly head: string;
  /** What GitHub checks out: the pull request merged into `main`. */
  readonly merge: string;
}

/** The call that `main` gets after the branch has left: nothing of the pull request's. */
export const LATER_CALL = "billing:bill->stock:reserve";
/** The call that the pull request adds. */
export const ADDED_CALL = "returns:giveBack->stock:reserve";

const ADDED: Tree = {
  "src/returns/give-back.ts":
    'import { reserve } from "../stock/stock";\n\nexport function giveBack(): string {\n  return reserve("vase");\n}\n',
};
const LATER: Tree = {
  "src/billing/bill.ts":
    'import { reserve } from "../stock/stock";\n\nexport function bill(): string {\n  return reserve("fee");\n}\n',
};

/**
 * A shop whose calls are accepted, and a branch that changes it by `changes` in several commits.
 *
 * @param folder where the shop stands in its repository
 */
export async function openPullRequest(changes: Tree = ADDED, folder = "."): Promise<PullRequest> {
  const root = writeTree({ ".gitignore": "node_modules/\n.gitlab-ci-local/\n" });
  const shop = path.join(root, folder);
  const write = (tree: Tree) => {
    for (const [file, text] of Object.entries(tree)) writeIn(shop, file, text);
  };
  write(SMALL_SHOP);
  git(root, "init", "-q", "-b", "main");
  await runCli(shop, ["baseline", "--no-checker"]);
  const left = commit(root, "shop");
  git(root, "checkout", "-q", "-b", "feature");
  write({ "README.md": "A shop.\n" });
  commit(root, "readme");
  write(changes);
  const head = commit(root, "what the pull request is about");
  git(root, "checkout", "-q", "main");
  write(LATER);
  const base = commit(root, "bills, which nobody accepted");
  git(root, "checkout", "-q", "--detach");
  git(root, "merge", "-q", "--no-ff", "--no-edit", "feature");
  const merge = git(root, "rev-parse", "HEAD");
  git(root, "update-ref", "refs/pull/7/merge", merge);
  git(root, "checkout", "-q", "main");
  return { url: pathToFileURL(root).href, number: 7, left, base, head, merge };
}

function commit(root: string, message: string): string {
  git(root, "add", "-A");
  git(root, "commit", "-qm", message);
  return git(root, "rev-parse", "HEAD");
}

/**
 * Clones as `actions/checkout` and GitLab's runner do: one commit, fetched by its name.
 *
 * @param depth commits of history, 0 for all of it
 */
export function checkOut({ url }: PullRequest, commitId: string, depth: number): string {
  const root = writeTree({});
  git(root, "init", "-q", "-b", "none");
  git(root, "remote", "add", "origin", url);
  const deep = depth === 0 ? ["+refs/heads/*:refs/remotes/origin/*"] : [];
  const shallow = depth === 0 ? [] : [`--depth=${depth}`];
  git(root, "fetch", "-q", "--no-tags", ...shallow, "origin", ...deep, commitId);
  git(root, "checkout", "-q", "--detach", commitId);
  return root;
}

/** As `npm install --save-dev seamcut` leaves it. */
export function installSeamcut(root: string): void {
  mkdirSync(path.join(root, "node_modules/.bin"), { recursive: true });
  symlinkSync(REPOSITORY, path.join(root, "node_modules/seamcut"));
  symlinkSync("../seamcut/bin/seamcut.js", path.join(root, "node_modules/.bin/seamcut"));
}
