import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { LibraryEffect } from "../../src/adapters/contract.ts";
import { extractFile } from "../../src/extract/extract-file.ts";
import { link } from "../../src/link/link.ts";
import type { CallGraph, FileFacts } from "../../src/model/index.ts";
import { leafOf } from "../../src/summarize/leaves.ts";
import { summarizeFunctions } from "../../src/summarize/summaries.ts";
import { walkFile } from "../../src/summarize/walk/walk-file.ts";

/** What a fixture's lines do: `12 await db.insert(orders): write orders`, in order, lines without effect left out. */
export interface AdapterFixture {
  readonly imports: readonly string[];
  readonly annotated: readonly string[];
  readonly found: readonly string[];
  /** Labels of all writes and reads, as functions are summarized. */
  readonly summarized: { readonly writes: readonly string[]; readonly reads: readonly string[] };
}

/**
 * Runs a fixture through extract, link and summarize, no dependency installed. Comments at the end of a line say what its
 * calls do, separated by commas: `write Order`, `read stock`, `publish queue`, `refuses`, `request`, `unseen`, `none`;
 * `outside` follows a write that no transaction takes back.
 */
export function readAdapterFixture(folder: string): AdapterFixture {
  const files = readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
  const facts = files.map(({ name, text }) => extractFile(name, text));
  const graph = link(facts, (_, specifier) => (specifier.startsWith("./") ? `${specifier.slice(2)}.ts` : null));
  const perFile = files.map(({ text }, index) => compareLines(text, facts[index] as FileFacts, graph));
  const summaries = [...summarizeFunctions(graph).summaries.values()].flat();
  const labels = (side: "writes" | "reads") =>
    [...new Set(summaries.flatMap((found) => [...found[side].keys()]))].sort();
  return {
    imports: facts.flatMap((file) => file.imports.map(({ specifier }) => specifier)),
    annotated: perFile.flatMap((file) => file.annotated),
    found: perFile.flatMap((file) => file.found),
    summarized: { writes: labels("writes"), reads: labels("reads") },
  };
}

function compareLines(text: string, facts: FileFacts, graph: CallGraph) {
  const lines = text.split("\n");
  const effects = effectsByLine(facts, graph);
  const annotated: string[] = [];
  const found: string[] = [];
  lines.forEach((line, index) => {
    const [, code = line, comment] = /^(.*?)\s*\/\/ (.*)$/.exec(line) ?? [];
    const name = `${index + 1} ${code.trim()}`;
    const expected = comment?.split(", ").sort().join(", ");
    const actual = effects.get(index + 1);
    if (expected !== undefined) annotated.push(`${name}: ${expected}`);
    if (actual !== undefined || expected !== undefined) found.push(`${name}: ${actual ?? "none"}`);
  });
  return { annotated, found };
}

function effectsByLine(facts: FileFacts, graph: CallGraph): ReadonlyMap<number, string> {
  const byLine = new Map<number, Set<string>>();
  for (const visit of walkFile(facts).calls) {
    const site = facts.calls[visit.call];
    const target = graph.targets[facts.path]?.[visit.call];
    const effect = site && target && leafOf(facts, visit, site, target);
    if (!effect) continue;
    const line = facts.lineStarts.findLastIndex((start) => start <= site.at) + 1;
    const known = byLine.get(line) ?? new Set();
    for (const word of describeEffect(effect)) known.add(word);
    if (known.size > 0) byLine.set(line, known);
  }
  return new Map([...byLine].map(([line, words]) => [line, [...words].sort().join(", ")]));
}

function describeEffect(found: LibraryEffect): string[] {
  const outside = found.external ? " outside" : "";
  const words = [];
  if (found.effect === "write") words.push(`${found.publishes ? "publish" : "write"} ${found.label}${outside}`);
  if (found.effect === "read") words.push(`read ${found.label}`);
  for (const { effect, label } of found.also ?? [])
    words.push(`${effect} ${label}${effect === "write" ? outside : ""}`);
  if (found.refuses) words.push("refuses");
  if (found.request) words.push("request");
  if (found.unseen !== undefined) words.push("unseen");
  return words.map((word) => word.trim());
}
