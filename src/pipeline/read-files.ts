import { readFileSync } from "node:fs";
import path from "node:path";
import type { Workspace } from "../config/workspaces.ts";
import { extractFile } from "../extract/extract-file.ts";
import type { ResolveSpecifier } from "../link/create-world.ts";
import { type Config, compareText, type Diagnostic, diagnostic, type FileFacts } from "../model/index.ts";
import { hashOf } from "./hash-of.ts";
import { type ListedFiles, type Opened, openResolver } from "./open-resolver.ts";

export interface ReadFiles {
  readonly facts: readonly FileFacts[];
  readonly resolve: ResolveSpecifier;
  readonly workspaces: readonly Workspace[];
  /** By path: the hash of the text that was read. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Extracts the listed files and the own code that they import beyond the list. */
export async function readFiles(
  config: Config,
  listed: ListedFiles,
  onProgress?: (done: number, total: number) => void,
  opened?: Opened,
): Promise<ReadFiles> {
  const { resolve, workspaces } = opened ?? (await openResolver(config, listed));
  const facts = new Map<string, FileFacts>();
  const hashes = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const queued = new Set(listed.files);
  for (const file of queued) {
    const read = readFacts(config.root, file, hashes);
    onProgress?.(facts.size, queued.size);
    if ("code" in read) {
      diagnostics.push(read);
      continue;
    }
    facts.set(file, read);
    const error = read.errors[0];
    if (error) diagnostics.push(diagnostic("SC1001", `${file}: ${error.message}`, place(read, error.at)));
    for (const { specifier } of [...read.imports, ...read.exportStars.map((star) => ({ specifier: star }))]) {
      const target = resolve(file, specifier);
      // A set that grows while it is walked: imports of imports follow.
      if (typeof target === "string") queued.add(target);
    }
  }
  const sorted = [...facts.values()].sort((a, b) => compareText(a.path, b.path));
  return { facts: sorted, resolve, workspaces, hashes, diagnostics };
}

function readFacts(root: string, file: string, hashes: Map<string, string>): FileFacts | Diagnostic {
  try {
    // Hundreds of small files, one after the other: waiting for each costs more than reading it.
    const text = readFileSync(path.join(root, file), "utf8");
    hashes.set(file, hashOf(text));
    return extractFile(file, text);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return diagnostic("SC1007", `${file} could not be read: ${what}`);
  }
}

function place(facts: FileFacts, at: number) {
  const line = facts.lineStarts.findLastIndex((start) => start <= at);
  const position = { line: line + 1, column: at - (facts.lineStarts[line] ?? 0) + 1 };
  return { file: facts.path, start: position, end: position };
}
