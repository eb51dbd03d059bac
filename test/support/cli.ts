import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const BIN = path.resolve(import.meta.dirname, "../../bin/seamcut.js");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as its users do, without colours or a terminal. */
export function startCli(
  cwd: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
  more: NodeJS.ProcessEnv = {},
): ChildProcess {
  // The tests may themselves run in a step of GitHub Actions.
  const { FORCE_COLOR: _, GITHUB_ACTIONS: __, GITHUB_STEP_SUMMARY: ___, ...env } = process.env;
  return spawn(process.execPath, [...nodeOptions, BIN, ...args], { cwd, env: { ...env, NO_COLOR: "1", ...more } });
}

/** Runs the command line to its end. */
export function runCli(
  cwd: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const child = startCli(cwd, args, nodeOptions, env);
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
