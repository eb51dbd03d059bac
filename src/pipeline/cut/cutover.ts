import { deliverInSpec } from "../../codemods/deliver-in-specs.ts";
import { specifier } from "../../scaffold/imports.ts";
import { cutoverMigration, holdsStatement } from "../../scaffold/migration-source.ts";
import { addMigration, migrationTexts } from "./add-migration.ts";
import { ChangeSet } from "./changes.ts";
import type { StageStep } from "./context.ts";

/** The handler takes over from the call; specs that look at the outcome wait for it. */
export const cutover: StageStep = async (context, tree) => {
  const texts = await migrationTexts(context, tree);
  const open = context.keys.filter((key) => !texts.some((text) => holdsStatement(text, "cutover", key)));
  if (open.length === 0) return [];
  const changes = new ChangeSet(tree);
  await addMigration(context, tree, changes, (timestamp) => cutoverMigration(timestamp, context.from.id, open));
  for (const { file, offsets } of context.specCalls) {
    const text = await changes.read(file);
    const helper = specifier(file, `${context.config.runtime}/testing.ts`, context.style);
    if (text !== null) await changes.write(file, deliverInSpec(text, offsets, helper));
  }
  return changes.list();
};
