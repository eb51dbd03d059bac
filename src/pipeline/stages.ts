import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Config, compareText, type Module, type SeamStatus, type Stage } from "../model/index.ts";
import { holdsStatement } from "../scaffold/migration-source.ts";
import type { Analyzed } from "./analyze.ts";
import { type HandledEvent, handledEvents, isConsumerFile, isEmitted, isGuarded } from "./cut/handled-events.ts";

/** How far each event is on its way, as far as the code shows: consumers, recorded events, guarded calls, migrations. */
export async function findSeams(config: Config, analyzed: Analyzed): Promise<SeamStatus[]> {
  const files = analyzed.graph.files.map((file) => file.path);
  const { modules } = analyzed.result;
  const consuming = modules.filter((module) => files.some((file) => isConsumerFile(file, module)));
  if (consuming.length === 0) return [];
  const texts = await readTexts(config.root, files);
  const read = (file: string) => texts.get(file) ?? "";
  const migrations = files.filter((file) => /migration/i.test(file)).map(read);
  const seams = consuming.flatMap((to) =>
    modules.flatMap((from) => {
      const sources = files.filter((file) => analyzed.moduleOf(file) === from.id).map(read);
      return handledEvents(analyzed, read, from, to).map((handled) =>
        seamOf(from, to, handled, { sources, migrations }),
      );
    }),
  );
  return seams.sort((a, b) => compareText(a.event, b.event) || compareText(a.consumer, b.consumer));
}

interface Texts {
  /** Of the producing module. */
  readonly sources: readonly string[];
  readonly migrations: readonly string[];
}

function seamOf(from: Module, to: Module, handled: HandledEvent, texts: Texts): SeamStatus {
  const { key } = handled;
  return { from: from.id, to: to.id, event: key.type, consumer: key.consumer, stage: stageOf(handled, texts) };
}

function stageOf({ key, variable }: HandledEvent, { sources, migrations }: Texts): Stage {
  const holds = (stage: "cutover" | "retire") => migrations.some((text) => holdsStatement(text, stage, key));
  const emitting = sources.filter((text) => isEmitted(text, variable));
  if (emitting.length === 0) return "consume";
  if (!holds("cutover")) return "dual";
  if (emitting.some((text) => isGuarded(text, key.consumer))) return "cutover";
  return holds("retire") ? "retire" : "cleanup";
}

async function readTexts(root: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const entries = await Promise.all(
    files.map(async (file) => [file, await readFile(path.join(root, file), "utf8")] as const),
  );
  return new Map(entries);
}
