import { availableParallelism } from "node:os";
import path from "node:path";
import { findCompiler, newErrors, type TypeErrors, typeCheck } from "../../apply/type-check.ts";
import type { Worktree } from "../../apply/worktree.ts";
import type { Proof, Stage } from "../../model/index.ts";

/** Type checks of a series, each in a folder of its own, side by side: they are most of what a proof costs. */
export interface TypeProof {
  /** Starts to check what has just been committed. */
  start(stage: Stage): Promise<void>;
  /** Waits for all of them. Errors that a stage has brought, by stage; null where nothing can be checked. */
  finish(): Promise<ReadonlyMap<Stage, StageErrors> | null>;
  /** Ends what still runs. */
  stop(): void;
}

export interface StageErrors {
  readonly counts: NonNullable<Proof["typeErrors"]>;
  readonly added: readonly string[];
}

/** Starts with the state before the first patch. */
export async function startTypeProof(
  worktree: Worktree,
  tsconfig: string | null,
  signal?: AbortSignal,
): Promise<TypeProof> {
  const compiler = tsconfig === null ? null : findCompiler(worktree.root);
  if (compiler === null || tsconfig === null) {
    return { start: async () => undefined, finish: async () => null, stop: () => undefined };
  }
  const slots = limit(Math.max(1, Math.min(4, availableParallelism())));
  const stopping = new AbortController();
  const running: { readonly stage: Stage | null; readonly errors: Promise<TypeErrors> }[] = [];
  const begin = async (stage: Stage | null) => {
    // The folder is made before the next stage changes anything; the check itself runs on.
    const root = await worktree.snapshot(stage ?? "before");
    const until = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
    const errors = slots(() => typeCheck({ compiler, root, tsconfig: path.join(root, tsconfig), signal: until }));
    // Awaited in `finish`; until then a failure must not count as one that nobody looks at.
    errors.catch(() => undefined);
    running.push({ stage, errors });
  };
  await begin(null);
  return {
    start: begin,
    async finish() {
      const done = new Map<Stage, StageErrors>();
      let before: TypeErrors = { errors: [] };
      let first: TypeErrors | null = null;
      for (const { stage, errors } of running) {
        const after = await errors;
        first ??= after;
        if (stage !== null) {
          const counts = { before: first.errors.length, after: after.errors.length };
          done.set(stage, { counts, added: newErrors(before, after) });
        }
        before = after;
      }
      return done;
    },
    stop: () => stopping.abort(),
  };
}

/** At most so many at once, the others in their order. */
function limit(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
