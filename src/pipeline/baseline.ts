import path from "node:path";
import { writeFileAtomic } from "../apply/write.ts";
import { baselineOf, compare, prune, serializeBaseline, withReason } from "../baseline/baseline.ts";
import { findRenames } from "../baseline/renames.ts";
import { type Config, UserError } from "../model/index.ts";
import { declaredSymbols } from "../summarize/declared-symbols.ts";
import { type AnalyzeOptions, analyzeWithGraph } from "./analyze.ts";
import { readBaseline } from "./baseline-file.ts";

export interface BaselineOptions extends AnalyzeOptions {
  /** Only take out what is gone. */
  readonly prune?: boolean;
  /** Why new calls are accepted; needed to let an existing baseline grow. Kept in the file. */
  readonly accept?: string;
}

export interface BaselineResult {
  readonly file: string;
  readonly calls: number;
  readonly added: number;
  readonly removed: number;
  readonly renamed: number;
}

/** Writes the accepted calls. An existing baseline shrinks by itself and grows only on purpose. */
export async function writeBaseline(config: Config, options: BaselineOptions = {}): Promise<BaselineResult> {
  const { result, graph, moduleOf } = await analyzeWithGraph(config, options);
  const existing = await readBaseline(config);
  const found = compare(result, existing);
  const modules = new Set(result.modules.map((module) => module.id));
  const renames = findRenames(found.new, found.stale, { modules, symbols: declaredSymbols(graph, moduleOf) });
  const added = found.new.filter((id) => !renames.has(id));
  if (existing && !options.prune && added.length > 0 && !options.accept) {
    throw new UserError("SC2013", `${added.length} new calls would be accepted`, [
      'accept them on purpose   seamcut baseline --accept "why"',
      "only take out what is gone   seamcut baseline --prune",
    ]);
  }
  const pruned = existing && prune(existing, result, renames);
  let next = pruned && options.prune ? pruned : baselineOf(result, config.kinds, pruned);
  if (existing && options.accept) next = withReason(next, added, options.accept);
  await writeFileAtomic(path.resolve(config.root, config.baseline), serializeBaseline(next));
  return {
    file: config.baseline,
    calls: next.calls.length,
    added: options.prune ? 0 : added.length,
    removed: found.stale.length - renames.size,
    renamed: renames.size,
  };
}
