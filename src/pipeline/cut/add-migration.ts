import { appendToList } from "../../codemods/append-to-list.ts";
import { withQuotes } from "../../codemods/quotes.ts";
import { UserError } from "../../model/index.ts";
import { specifier } from "../../scaffold/imports.ts";
import type { MigrationSource } from "../../scaffold/migration-source.ts";
import type { ChangeSet } from "./changes.ts";
import type { CutContext, Tree } from "./context.ts";

/** Adds a migration after the newest one, in the naming of those that are there, and to the list where there is one. */
export async function addMigration(
  context: CutContext,
  tree: Tree,
  changes: ChangeSet,
  make: (timestamp: number) => MigrationSource,
): Promise<void> {
  const { folder, last, list } = context.layout.migrations;
  const names = await tree.list(folder);
  const timestamps = names.map((name) => Number(/^(\d{10,})/.exec(name)?.[1] ?? 0));
  const timestamp = Math.max(last, ...timestamps) + 1;
  const source = make(timestamp);
  const bare = source.className.replace(/\d+$/, "");
  const isPascal = names.some((name) => /^\d{10,}-[A-Z]/.test(name));
  const name = isPascal ? bare : bare.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  const file = `${folder}/${timestamp}-${name}.ts`;
  await changes.write(file, withQuotes(source.text, context.style.quote));
  if (!list) return;
  const text = await changes.read(list.file);
  const after =
    text === null ? null : appendToList(text, list.name, source.className, specifier(list.file, file, context.style));
  if (after === null) throw new UserError("SC2012", `the list ${list.name} in ${list.file} could not be extended`);
  await changes.write(list.file, after);
}

/** Text of all migrations, to see which statements stand in them already. */
export async function migrationTexts(context: CutContext, tree: Tree): Promise<string[]> {
  const { folder } = context.layout.migrations;
  const texts = await Promise.all((await tree.list(folder)).map((name) => tree.read(`${folder}/${name}`)));
  return texts.filter((text) => text !== null);
}
