import type { Module } from "../model/index.ts";
import { oneLine } from "./one-line.ts";
import { clip } from "./paint.ts";

const WIDTH = 120;

/** One line for each module: name, kind, and why; those that are no domain first, since calls to them count for less. */
export function moduleRows(modules: readonly Module[]): string[] {
  const sorted = [...modules].sort((a, b) => Number(a.kind === "domain") - Number(b.kind === "domain"));
  const width = Math.min(32, Math.max(0, ...sorted.map(({ id }) => id.length)));
  const kinds = Math.max(0, ...sorted.map(({ kind }) => kind.length));
  return sorted.map(({ id, kind, evidence }) => {
    const why = oneLine(evidence.join("; "));
    return clip(`  ${oneLine(id).padEnd(width)}  ${kind.padEnd(kinds)}  ${why}`, WIDTH).trimEnd();
  });
}
