import { UserError } from "../../model/index.ts";
import { holdsStatement, retireMigration } from "../../scaffold/migration-source.ts";
import { addMigration, migrationTexts } from "./add-migration.ts";
import { ChangeSet } from "./changes.ts";
import type { StageStep } from "./context.ts";

/** The subscription forgets that there ever was a call. Only once no code with the call runs any more. */
export const retire: StageStep = async (context, tree) => {
  const texts = await migrationTexts(context, tree);
  const keys = context.keys;
  const early = keys.find((key) => !texts.some((text) => holdsStatement(text, "cutover", key)));
  if (early) throw new UserError("SC2010", `${early.type} has not been cut over yet: nothing to retire`);
  const open = keys.filter((key) => !texts.some((text) => holdsStatement(text, "retire", key)));
  if (open.length === 0) return [];
  const changes = new ChangeSet(tree);
  await addMigration(context, tree, changes, (timestamp) => retireMigration(timestamp, context.from.id, open));
  return changes.list();
};
