import { addHandlers, hasHandler } from "../../codemods/add-handlers.ts";
import { appendToList } from "../../codemods/append-to-list.ts";
import { editText } from "../../codemods/edits.ts";
import { addToModule } from "../../codemods/nest-module.ts";
import { withQuotes } from "../../codemods/quotes.ts";
import { literal, samplePayload } from "../../contracts/event-source.ts";
import { type CutCall, type TextEdit, UserError } from "../../model/index.ts";
import { consumerSource, fieldOf, handlerSource } from "../../scaffold/consumer-source.ts";
import { consumerSpecSource } from "../../scaffold/consumer-spec-source.ts";
import { specifier } from "../../scaffold/imports.ts";
import { holdsStatement, subscribeMigration } from "../../scaffold/migration-source.ts";
import { addMigration, migrationTexts } from "./add-migration.ts";
import { ChangeSet } from "./changes.ts";
import type { CutContext, StageStep } from "./context.ts";
import { specFile } from "./contract.ts";

/** The handler in the consuming module, known to the relay, idle until the switch is turned. */
export const consume: StageStep = async (context, tree) => {
  const changes = new ChangeSet(tree);
  const before = await changes.read(context.design.consumer.file);
  const fresh = context.design.calls.filter(({ event }) => before === null || !hasHandler(before, event.variable));
  await writeConsumer(context, changes);
  await enlistCallees(changes, fresh);
  const texts = await migrationTexts(context, tree);
  const missing = context.keys.filter((key) => !texts.some((text) => holdsStatement(text, "consume", key)));
  if (missing.length > 0) {
    await addMigration(context, tree, changes, (timestamp) => subscribeMigration(timestamp, context.from.id, missing));
  }
  return changes.list();
};

async function writeConsumer(context: CutContext, changes: ChangeSet): Promise<void> {
  const { consumer } = context.design;
  const specifierOf = (file: string) => specifier(consumer.file, file, context.style);
  const runtime = specifierOf(`${context.config.runtime}/index.ts`);
  const existing = await changes.read(consumer.file);
  if (existing !== null) {
    const added = context.design.calls.map((call) => ({
      event: call.event.variable,
      eventFrom: specifierOf(call.event.file),
      source: withQuotes(handlerSource(call, "    "), context.style.quote),
      service: call.planned.calleeClass,
      serviceFrom: specifierOf(call.planned.calleeFile),
      field: fieldOf(call.planned.calleeClass),
    }));
    const after = addHandlers(existing, consumer.className, added);
    if (after === null)
      throw new UserError("SC2012", `${consumer.file} has no list of handlers that could be extended`);
    await changes.write(consumer.file, after);
    return;
  }
  await changes.write(
    consumer.file,
    withQuotes(consumerSource(context.design, { runtime, specifierOf }), context.style.quote),
  );
  const { className, file } = context.consumerModule;
  const module = await changes.read(file);
  const provided =
    module !== null &&
    addToModule(module, className, "providers", consumer.className, specifier(file, consumer.file, context.style));
  if (!provided) throw new UserError("SC2012", `the providers of ${className} are no plain list: ${file}`);
  await changes.write(file, provided);
  const listed = `${context.config.runtime}/consumers.ts`;
  const list = await changes.read(listed);
  const extended =
    list !== null &&
    appendToList(list, "consumers", consumer.className, specifier(listed, consumer.file, context.style));
  if (!extended) throw new UserError("SC2012", `the list of consumers in ${listed} could not be extended`);
  await changes.write(listed, extended);
  await writeSpec(context, changes);
}

async function writeSpec(context: CutContext, changes: ChangeSet): Promise<void> {
  const { consumer } = context.design;
  if (!context.tests?.canStartApplication || consumer.effects === "external") return;
  const spec = specFile(context, consumer.file);
  const { rootModule } = context.layout;
  const source = consumerSpecSource(context.design, {
    runner: context.tests.runner,
    rootModule: { className: rootModule.className, from: specifier(spec, rootModule.file, context.style) },
    helper: specifier(spec, `${context.config.runtime}/redelivery.ts`, context.style),
    specifierOf: (file) => specifier(spec, file, context.style),
    payloadText: (event) => literal(samplePayload(event.sample), "    "),
    key: (event) => ({ consumer: consumer.id, type: event.type }),
  });
  await changes.write(spec, withQuotes(source, context.style.quote));
}

/** Threads the handle through callees that took none; edits that two of them share are made once. */
async function enlistCallees(changes: ChangeSet, calls: readonly CutCall[]): Promise<void> {
  const byFile = new Map<string, TextEdit[]>();
  for (const { planned } of calls) {
    const { enlist } = planned;
    if (enlist.kind !== "thread") continue;
    const edits = byFile.get(enlist.file) ?? [];
    for (const edit of enlist.edits) {
      const isKnown = edits.some((other) => other.start === edit.start && other.text === edit.text);
      if (!isKnown) edits.push(edit);
    }
    byFile.set(enlist.file, edits);
  }
  for (const [file, edits] of byFile) {
    const text = await changes.read(file);
    if (text === null) throw new UserError("SC2012", `${file} is gone`);
    await changes.write(
      file,
      editText(text, () => edits),
    );
  }
}
