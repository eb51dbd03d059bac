import type { CallGraph } from "../model/index.ts";
import type { CallVisit, FileWalk } from "./walk/visits.ts";

export interface Caller {
  readonly file: string;
  readonly visit: CallVisit;
}

/** By `file:index` of a function: the calls that may run it. */
export type Callers = ReadonlyMap<string, readonly Caller[]>;

export function findCallers(graph: CallGraph, walks: ReadonlyMap<string, FileWalk>): Callers {
  const callers = new Map<string, Caller[]>();
  for (const [file, walk] of walks) {
    for (const visit of walk.calls) {
      for (const body of graph.targets[file]?.[visit.call]?.bodies ?? []) {
        const key = `${body.file}:${body.index}`;
        const known = callers.get(key);
        if (known) known.push({ file, visit });
        else callers.set(key, [{ file, visit }]);
      }
    }
  }
  return callers;
}
