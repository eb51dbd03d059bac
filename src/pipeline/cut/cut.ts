import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { applyMails, baseCommit, changedPaths, openRepository, type Repository } from "../../apply/git.ts";
import { createWorktree, type Worktree } from "../../apply/worktree.ts";
import { writeFileAtomic } from "../../apply/write.ts";
import {
  type Config,
  type CutResult,
  type FileChange,
  type Patch,
  STAGES,
  type Stage,
  UserError,
} from "../../model/index.ts";
import { patchText } from "../../scaffold/patch-text.ts";
import { cleanup } from "./cleanup.ts";
import { consume } from "./consume.ts";
import type { CutContext, StageStep, Tree } from "./context.ts";
import { contract } from "./contract.ts";
import { cutover } from "./cutover.ts";
import { dual } from "./dual.ts";
import { foundation } from "./foundation.ts";
import { type Prepared, type PrepareOptions, prepareCut } from "./prepare.ts";
import { prepareRetire } from "./prepare-retire.ts";
import { type ProveOptions, proveStage, withTypeProof } from "./prove.ts";
import { retire } from "./retire.ts";
import { startTypeProof, type TypeProof } from "./type-proof.ts";

const STEPS: Readonly<Record<Stage, StageStep>> = {
  foundation,
  contract,
  consume,
  dual,
  cutover,
  cleanup,
  retire,
};

export interface CutOptions extends PrepareOptions, ProveOptions {
  /** The last stage to make a patch for; `cleanup` when absent. */
  readonly stage?: Stage;
  /** Stages 3 to 5 in one patch. */
  readonly direct?: boolean;
  readonly allowDirty?: boolean;
  /** Apply the patches to the checkout, as commits. */
  readonly write?: boolean;
  /** Folder for the patches, relative to the root. */
  readonly out?: string;
}

/** Replaces the calls of one edge by events: a series of patches, each proven before any of them is handed over. */
export async function cut(config: Config, options: CutOptions): Promise<CutResult> {
  const repository = await openRepository(config.root);
  await requireClean(repository, options);
  const { context, blocked, accepted } = await prepare(config, options);
  options.signal?.throwIfAborted();
  const worktree = await createWorktree(repository, await baseCommit(repository));
  try {
    const made = await makePatches(context, worktree, options, (stage) =>
      patchText({ design: context.design, stage, runtime: config.runtime, accepted, direct: options.direct === true }),
    );
    await worktree.replay(made.patches.map((patch) => patch.mail));
    options.signal?.throwIfAborted();
    const patches = made.patches.map((patch) => ({ ...patch, proof: { ...patch.proof, applies: true } }));
    if (options.write) {
      if (patches.length > 0) await applyMails(repository.top, patches.map((patch) => patch.mail).join("\n"));
      return {
        design: context.design,
        patches,
        reached: made.reached,
        blocked,
        written: [],
        applied: patches.length > 0,
      };
    }
    const written = await writePatches(config, options, patches);
    return { design: context.design, patches, reached: made.reached, blocked, written, applied: false };
  } finally {
    await worktree.remove();
  }
}

/** Once a call is gone there is none to plan from: retiring reads what is left of it. */
async function prepare(config: Config, options: CutOptions): Promise<Omit<Prepared, "analyzed">> {
  if (options.stage !== "retire") return prepareCut(config, options);
  return { context: await prepareRetire(config, options), blocked: [], accepted: [] };
}

async function requireClean(repository: Repository, options: CutOptions): Promise<void> {
  const changed = (await changedPaths(repository)).filter((file) => !file.split("/").includes(".seamcut"));
  if (changed.length === 0 || (options.allowDirty && !options.write)) return;
  throw new UserError(
    "SC2004",
    `${changed.length === 1 ? "1 file differs" : `${changed.length} files differ`} from the last commit: ${changed.slice(0, 3).join(", ")}`,
    [
      "patches are made against a commit: commit or stash first",
      ...(options.write ? [] : ["against the files as they are (new ones left out)   --allow-dirty"]),
    ],
  );
}

interface Made {
  readonly patches: readonly Patch[];
  readonly reached: readonly Stage[];
}

async function makePatches(
  context: CutContext,
  worktree: Worktree,
  options: CutOptions,
  textOf: (stage: Stage) => { readonly subject: string; readonly body: string },
): Promise<Made> {
  const tree = treeOf(worktree);
  const types = await startTypeProof(worktree, context.config.tsconfig, options.signal);
  try {
    return await provePatches(context, worktree, options, { tree, types, textOf });
  } finally {
    types.stop();
  }
}

interface Making {
  readonly tree: Tree;
  readonly types: TypeProof;
  readonly textOf: (stage: Stage) => { readonly subject: string; readonly body: string };
}

async function provePatches(
  context: CutContext,
  worktree: Worktree,
  options: CutOptions,
  { tree, types, textOf }: Making,
): Promise<Made> {
  const patches: Patch[] = [];
  const reached: Stage[] = [];
  for (const { stage, step } of stepsOf(options)) {
    options.signal?.throwIfAborted();
    const changes = await step(context, tree);
    if (changes.length === 0) {
      reached.push(stage);
      continue;
    }
    await worktree.write(changes);
    const proof = await proveStage(context, worktree, { stage, step, tree }, options);
    const text = textOf(stage);
    patches.push({ stage, ...text, changes, mail: await worktree.commit(text.subject, text.body), proof });
    await types.start(stage);
  }
  return { patches: withTypeProof(patches, await types.finish(), options), reached };
}

/** The steps up to the stage asked for; `--direct` squeezes the last three into one. */
function stepsOf(options: CutOptions): { readonly stage: Stage; readonly step: StageStep }[] {
  if (options.stage === "retire") return [{ stage: "retire", step: STEPS.retire }];
  const last = STAGES.indexOf(options.stage ?? "cleanup");
  const steps = STAGES.slice(0, last + 1).map((stage) => ({ stage, step: STEPS[stage] }));
  if (!options.direct) return steps;
  const squeezed = steps.filter(({ stage }) => stage === "dual" || stage === "cutover" || stage === "cleanup");
  return [
    ...steps.filter((each) => !squeezed.includes(each)),
    ...(squeezed.length > 0 ? [{ stage: "cleanup" as const, step: inOne(squeezed.map(({ step }) => step)) }] : []),
  ];
}

/** Several steps as one: each sees what the one before it has made. */
function inOne(steps: readonly StageStep[]): StageStep {
  return async (context, tree) => {
    const made = new Map<string, FileChange>();
    const layered: Tree = {
      read: async (file) => made.get(file)?.after ?? (await tree.read(file)),
      list: async (folder) => {
        const added = [...made.keys()]
          .filter((file) => path.posix.dirname(file) === folder)
          .map((file) => path.posix.basename(file));
        return [...new Set([...(await tree.list(folder)), ...added])].sort();
      },
    };
    for (const step of steps) {
      for (const change of await step(context, layered))
        made.set(change.path, { ...change, before: made.get(change.path)?.before ?? change.before });
    }
    return [...made.values()].filter((change) => change.before !== change.after);
  };
}

function treeOf(worktree: Worktree): Tree {
  return {
    read: (file) => worktree.read(file),
    list: (folder) => listFolder(path.join(worktree.root, folder)),
  };
}

/** The mails and their texts, numbered. The folder is not for version control. */
async function writePatches(config: Config, options: CutOptions, patches: readonly Patch[]): Promise<string[]> {
  const folder = options.out ?? `.seamcut/patches/${fileName(options.from)}-${fileName(options.to)}`;
  const written: string[] = [];
  await removePatches(path.resolve(config.root, folder));
  if (patches.length > 0 && options.out === undefined)
    await writeFileAtomic(path.join(config.root, ".seamcut/.gitignore"), "*\n");
  for (const [index, patch] of patches.entries()) {
    const name = `${folder}/${String(index + 1).padStart(4, "0")}-${patch.stage}`;
    await writeFileAtomic(path.resolve(config.root, `${name}.patch`), patch.mail);
    await writeFileAtomic(path.resolve(config.root, `${name}.md`), `# ${patch.subject}\n\n${patch.body}\n`);
    written.push(`${name}.patch`);
  }
  return written;
}

/** Those of an earlier run: a series is read as a whole. */
async function removePatches(folder: string): Promise<void> {
  for (const name of await listFolder(folder)) {
    if (/^\d{4}-[a-z]+\.(patch|md)$/.test(name)) await rm(path.join(folder, name));
  }
}

async function listFolder(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.sort();
}

function fileName(module: string): string {
  return module.replace(/[^A-Za-z0-9._-]+/g, "-");
}
