/**
 * Finds the commit that a pull request is compared with, and fetches what is missing of the history. Output: `since`,
 * empty where everything counts.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { annotate, readEvent, setOutputs } from "./runner.js";

class Unreachable extends Error {}

const { GITHUB_EVENT_NAME, GITHUB_SHA, SEAMCUT_BASE } = process.env;

try {
  const since = findBase();
  if (since === null) console.log("seamcut: no pull request and no base, so everything counts");
  else console.log(`seamcut: compared with ${since}`);
  setOutputs({ since: since ?? "" });
} catch (error) {
  if (!(error instanceof Unreachable)) throw error;
  annotate("error", `${error.message}\nGive actions/checkout a fetch-depth of 0, or let it keep its credentials.`);
  process.exitCode = 2;
}

function findBase() {
  const event = readEvent();
  const head = commitOf("HEAD");
  if (SEAMCUT_BASE) return withHistory(fetched(SEAMCUT_BASE), head);
  if (GITHUB_EVENT_NAME === "pull_request" && head === GITHUB_SHA) return firstParent(head);
  const base = event.pull_request?.base?.sha ?? event.merge_group?.base_sha;
  if (!base) return null;
  const since = withHistory(fetched(base), head);
  if (isAncestor(head, since)) {
    annotate("warning", "What is checked out holds nothing of the pull request: actions/checkout wants its ref.");
  }
  return since;
}

/** The runner checks out the merge of a pull request into its base: the base is the first parent, two commits are enough. */
function firstParent(head) {
  const parent = `${head}^1`;
  if (!commitOf(parent) && isShallow()) {
    fetch("the commit that the pull request goes into", [head], "--depth=2");
  }
  const commit = commitOf(parent);
  if (!commit) throw new Unreachable(`The commit before ${head} is not in this clone.`);
  return commit;
}

/** The commit of a branch, tag or hash, from the remote where the clone has none. */
function fetched(ref) {
  const branch = ref.replace(/^origin\//, "");
  const found = commitOf(ref) ?? commitOf(`refs/remotes/origin/${branch}`);
  if (found) return found;
  fetch(ref, [branch], ...(isShallow() ? ["--depth=1"] : []));
  return commitOf("FETCH_HEAD");
}

/**
 * A shallow clone may miss the commit where the code left its base, or show an older one as that. Only a base that the
 * code goes on from is sure without the whole history.
 */
function withHistory(base, head) {
  if (isShallow() && !isAncestor(base, head)) {
    fetch("the history up to where the code left its base", [head, base], "--unshallow");
  }
  return base;
}

function fetch(what, refs, ...depth) {
  annotate("notice", `${isShallow() ? "This clone is shallow" : "This clone does not have it"}: fetching ${what}.`);
  const run = git("fetch", "--no-tags", "--no-recurse-submodules", ...depth, "--end-of-options", "origin", ...refs);
  if (run.status !== 0) throw new Unreachable(`git could not fetch ${what}: ${run.stderr.trim()}`);
}

function commitOf(ref) {
  const run = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  return run.status === 0 ? run.stdout.trim() : null;
}

function isAncestor(older, newer) {
  return git("merge-base", "--is-ancestor", older, newer).status === 0;
}

function isShallow() {
  return git("rev-parse", "--is-shallow-repository").stdout.trim() === "true";
}

function git(...args) {
  const run = spawnSync("git", args, { encoding: "utf8", env: { ...process.env, GIT_TERMINAL_PROMPT: "0" } });
  if (run.error) throw new Unreachable(`git could not be run: ${run.error.message}`);
  return run;
}
