import type { Module } from "../model/index.ts";
import { oneLine } from "./one-line.ts";
import { type Paint, PLAIN, plural } from "./paint.ts";

/** Every module in full: where it is, of which kind, whose it is, and what speaks for that. */
export function modulesText(modules: readonly Module[], paint: Paint = PLAIN): string {
  const width = Math.max(0, ...modules.map(({ id }) => id.length));
  const kinds = Math.max(0, ...modules.map(({ kind }) => kind.length));
  const rows = modules.map(({ id, kind, root, files, owners, evidence }) => {
    const whose = owners.length === 0 ? [] : [`owned by ${owners.join(", ")}`];
    const about = oneLine([...evidence, plural(files, "file"), ...whose].join("; "));
    return `  ${paint.bold(oneLine(id).padEnd(width))}  ${kind.padEnd(kinds)}  ${oneLine(root)}: ${about}`;
  });
  return `${[paint.bold(plural(modules.length, "module")), "", ...rows].join("\n")}\n`;
}
