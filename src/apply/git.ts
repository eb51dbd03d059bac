import { existsSync } from "node:fs";
import path from "node:path";
import { x } from "tinyexec";
import { UserError } from "../model/index.ts";

/** A git checkout, and where the analysed root lies in it. */
export interface Repository {
  /** Absolute path of the checkout. */
  readonly top: string;
  /** Posix path of the analysed root below it; empty where they are the same. */
  readonly prefix: string;
}

export interface GitOptions {
  readonly input?: string;
  /** Gives the exit code instead of failing. */
  readonly allowFailure?: boolean;
  readonly signal?: AbortSignal;
}

export interface GitResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Nothing of the user's may run or ask while patches are made: no hook, no filter, no signature, no prompt. */
const QUIET = [
  "core.hooksPath=/dev/null",
  "commit.gpgSign=false",
  "core.autocrlf=false",
  "core.safecrlf=false",
  "filter.lfs.smudge=",
  "filter.lfs.process=",
  "filter.lfs.required=false",
  "core.quotePath=false",
  "advice.detachedHead=false",
];

/** Runs git in a folder. Fails with SC2016 and git's own words. */
export async function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  const configured = QUIET.flatMap((setting) => ["-c", setting]);
  const result = await x("git", [...configured, ...args], {
    ...(options.input !== undefined && { stdin: options.input }),
    ...(options.signal && { signal: options.signal }),
    nodeOptions: { cwd, env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_EDITOR: "true", LC_ALL: "C" } },
  });
  const exitCode = result.exitCode ?? 1;
  if (exitCode !== 0 && !options.allowFailure) {
    throw new UserError("SC2016", `git ${args[0] ?? ""} failed: ${firstLines(result.stderr || result.stdout)}`);
  }
  return { stdout: result.stdout, stderr: result.stderr, exitCode };
}

function firstLines(text: string): string {
  return text.trim().split("\n").slice(0, 3).join("; ");
}

/** The checkout around a folder. Fails with SC2003 where there is none, or no commit yet. */
export async function openRepository(root: string): Promise<Repository> {
  const found = await git(root, ["rev-parse", "--show-toplevel", "--show-prefix"], { allowFailure: true }).catch(
    (error: unknown) => {
      throw new UserError("SC2003", `git could not be run: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
  const [top, prefix] = found.stdout.split("\n");
  if (found.exitCode !== 0 || !top) {
    throw new UserError("SC2003", `${path.basename(root)} is in no git repository`, [
      "patches are made against a commit   git init && git add -A && git commit -m start",
    ]);
  }
  const head = await git(root, ["rev-parse", "--verify", "HEAD"], { allowFailure: true });
  if (head.exitCode !== 0) {
    throw new UserError("SC2003", "the repository has no commit yet", [
      "patches are made against a commit   git add -A && git commit -m start",
    ]);
  }
  return { top, prefix: (prefix ?? "").replace(/\/$/, "") };
}

/** Posix path of a folder below the top of its checkout, by looking for `.git`; empty where it is the top, or in none. */
export function findPrefix(root: string): string {
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, ".git"))) return path.relative(folder, root).split(path.sep).join("/");
    if (folder === path.dirname(folder)) return "";
  }
}

/** Paths that differ from the last commit, untracked ones included. */
export async function changedPaths(repository: Repository): Promise<string[]> {
  const status = await git(repository.top, ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"]);
  return status.stdout
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice(3));
}

/** The commit that patches are made against: the last one, or the uncommitted state of tracked files as one. */
export async function baseCommit(repository: Repository): Promise<string> {
  const stash = await git(repository.top, ["stash", "create"], { allowFailure: true });
  const commit = stash.stdout.trim();
  if (commit !== "") return commit;
  return (await git(repository.top, ["rev-parse", "HEAD"])).stdout.trim();
}

/** Applies mails to the checkout in order, as commits; takes everything back when one does not fit. */
export async function applyMails(folder: string, mails: string): Promise<void> {
  const applied = await git(folder, ["am", "--keep-cr", "--quiet", "--no-3way"], { input: mails, allowFailure: true });
  if (applied.exitCode === 0) return;
  await git(folder, ["am", "--abort"], { allowFailure: true });
  throw new UserError("SC2011", `the patches do not apply in order: ${firstLines(applied.stderr || applied.stdout)}`);
}
