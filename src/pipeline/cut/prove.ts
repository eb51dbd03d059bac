import { x } from "tinyexec";
import type { Worktree } from "../../apply/worktree.ts";
import { type Config, type Patch, type Proof, type Stage, UserError } from "../../model/index.ts";
import { analyze } from "../analyze.ts";
import type { CutContext, StageStep, Tree } from "./context.ts";
import type { StageErrors } from "./type-proof.ts";

export interface ProveOptions {
  readonly verify?: string;
  readonly allowUnproven?: boolean;
  readonly signal?: AbortSignal;
}

/** Checks the state after a stage but for its types. Fails with SC2011 on what speaks against it. */
export async function proveStage(
  context: CutContext,
  worktree: Worktree,
  { stage, step, tree }: { readonly stage: Stage; readonly step: StageStep; readonly tree: Tree },
  options: ProveOptions,
): Promise<Proof> {
  await rescan({ ...context.config, root: worktree.root, checker: context.rescanWithChecker }, context, stage);
  const again = await step(context, tree);
  if (again.length > 0)
    throw unproven(`${stage} is not stable: a rerun would change ${again.map((change) => change.path).join(", ")}`);
  return {
    applies: false,
    typeErrors: null,
    rescanned: true,
    rerunEmpty: true,
    verify:
      options.verify === undefined ? "not-run" : await verify(options.verify, worktree.root, stage, options.signal),
  };
}

/** Adds what the compiler said. Fails with SC2011 on errors that were not there before, or where none could be asked. */
export function withTypeProof(
  patches: readonly Patch[],
  checked: ReadonlyMap<Stage, StageErrors> | null,
  options: ProveOptions,
): Patch[] {
  if (checked === null && !options.allowUnproven) {
    throw unproven("no TypeScript compiler is installed in the repository", [
      "install its dependencies, or take the patches as they are   --allow-unproven",
    ]);
  }
  return patches.map((patch) => {
    const found = checked?.get(patch.stage);
    if (found && found.added.length > 0)
      throw unproven(`${patch.stage} brings ${found.added.length} new type errors`, found.added.slice(0, 5));
    return found ? { ...patch, proof: { ...patch.proof, typeErrors: found.counts } } : patch;
  });
}

/** The calls are where they were until cleanup, and gone after it; no other call between modules has come up. */
async function rescan(config: Config, context: CutContext, stage: Stage): Promise<void> {
  const result = await analyze(config);
  const ids = new Set(result.calls.map((call) => call.id));
  const isGone = stage === "cleanup" || stage === "retire";
  for (const { planned } of context.design.calls) {
    const { id } = planned.call;
    if (ids.has(id) === isGone) throw unproven(`after ${stage}, ${id} is ${isGone ? "still there" : "gone"}`);
  }
  const added = [...ids].filter((id) => !context.callIds.has(id));
  if (added.length > 0) throw unproven(`${stage} brings new calls between modules`, added.slice(0, 5));
}

async function verify(command: string, root: string, stage: Stage, signal?: AbortSignal): Promise<"passed"> {
  const shell = process.platform === "win32" ? ["cmd", "/c", command] : ["sh", "-c", command];
  // A group of its own: what the shell has started ends with it, and does not keep an interrupted run waiting.
  const running = x(shell[0] ?? "sh", shell.slice(1), {
    nodeOptions: { cwd: root, detached: process.platform !== "win32" },
  });
  const stop = () => {
    if (running.pid === undefined || process.platform === "win32") running.kill();
    else process.kill(-running.pid, "SIGTERM");
  };
  signal?.addEventListener("abort", stop, { once: true });
  const result = await running;
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (result.exitCode === 0) return "passed";
  const tail = `${result.stdout}\n${result.stderr}`.trim().split("\n").slice(-12);
  throw unproven(`after ${stage}, "${command}" fails`, tail);
}

function unproven(message: string, details: readonly string[] = []): UserError {
  return new UserError("SC2011", message, [
    ...details,
    "nothing was written; with what was proven until there   --stage <the stage before>",
  ]);
}
