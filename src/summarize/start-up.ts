import type { CallGraph } from "../model/index.ts";
import { ofFunction } from "./by-function.ts";
import type { Callers } from "./callers.ts";
import { AT_START, rootOf } from "./state.ts";
import type { FileWalk } from "./walk/visits.ts";

/**
 * Tells which functions only ever run while the process starts: constructors, start-up hooks, and helpers that nobody
 * but those calls.
 */
export function createStartUp(
  graph: CallGraph,
  walks: ReadonlyMap<string, FileWalk>,
  callers: Callers,
): (file: string, index: number) => boolean {
  const facts = new Map(graph.files.map((file) => [file.path, file]));
  const answers = new Map(graph.files.map((file): [string, boolean[]] => [file.path, []]));
  const isStartUp = (file: string, index: number): boolean => {
    // Code of the file itself, outside every function, runs when it is loaded.
    if (index < 0) return true;
    const known = answers.get(file) ?? [];
    const cached = known[index];
    if (cached !== undefined) return cached;
    known[index] = false; // ends recursion: functions that only call each other are not known to be start-up
    const fn = facts.get(file)?.functions[index];
    const name = fn?.kind === "constructor" ? "constructor" : (fn?.name ?? "");
    const from = (ofFunction(callers, { file, index }) ?? []).map(({ file: home, visit }) => {
      const walk = walks.get(home);
      return { file: home, index: walk ? rootOf(walk, visit.function) : visit.function };
    });
    const answer =
      AT_START.test(name) || (from.length > 0 && from.every((caller) => isStartUp(caller.file, caller.index)));
    known[index] = answer;
    return answer;
  };
  return isStartUp;
}
