import type { CallGraph } from "../model/index.ts";
import { type ByFunction, ofFunction } from "./by-function.ts";
import type { CallVisit, FileWalk } from "./walk/visits.ts";

export interface Caller {
  readonly file: string;
  readonly visit: CallVisit;
}

/** The calls that may run a function. */
export type Callers = ByFunction<readonly Caller[]>;

export function findCallers(graph: CallGraph, walks: ReadonlyMap<string, FileWalk>): Callers {
  const callers: ByFunction<Caller[]> = new Map(graph.files.map((file) => [file.path, file.functions.map(() => [])]));
  for (const [file, walk] of walks) {
    const targets = graph.targets[file] ?? [];
    for (const visit of walk.calls) {
      for (const body of targets[visit.call]?.bodies ?? []) ofFunction(callers, body)?.push({ file, visit });
    }
  }
  return callers;
}
