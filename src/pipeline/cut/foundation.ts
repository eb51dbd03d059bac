import { readdir, readFile } from "node:fs/promises";
import { addToModule } from "../../codemods/nest-module.ts";
import { withQuotes } from "../../codemods/quotes.ts";
import { startRelay } from "../../codemods/start-relay.ts";
import { UserError } from "../../model/index.ts";
import { withImportExtensions } from "../../scaffold/import-extensions.ts";
import { specifier } from "../../scaffold/imports.ts";
import { addMigration } from "./add-migration.ts";
import { ChangeSet } from "./changes.ts";
import type { CutContext, StageStep } from "./context.ts";

const TEMPLATES = new URL("../../../templates/", import.meta.url);
const FOLDERS = ["runtime", "databases/postgresql", "orms/typeorm", "frameworks/nestjs", "testing"];
const MIGRATION = "foundation.migration.ts";

/** Once per repository: the runtime's files, their tables, and their start with the application. */
export const foundation: StageStep = async (context, tree) => {
  const { runtime } = context.config;
  if ((await tree.read(`${runtime}/emit.ts`)) !== null) return [];
  const changes = new ChangeSet(tree);
  for (const { name, text } of await runtimeFiles()) {
    if (name !== MIGRATION) await changes.write(`${runtime}/${name}`, emitted(text, context));
  }
  const migration = await readFile(new URL(`orms/typeorm/${MIGRATION}`, TEMPLATES), "utf8");
  await addMigration(context, tree, changes, (timestamp) => ({
    className: `SeamcutFoundation${timestamp}`,
    text: migration.replaceAll("SeamcutFoundation0000000000000", `SeamcutFoundation${timestamp}`),
  }));
  await wire(context, changes);
  return changes.list();
};

async function runtimeFiles(): Promise<{ readonly name: string; readonly text: string }[]> {
  const files: { name: string; text: string }[] = [];
  for (const folder of FOLDERS) {
    for (const name of (await readdir(new URL(`${folder}/`, TEMPLATES))).sort()) {
      if (name.endsWith(".ts"))
        files.push({ name, text: await readFile(new URL(`${folder}/${name}`, TEMPLATES), "utf8") });
    }
  }
  return files;
}

function emitted(text: string, context: CutContext): string {
  return withQuotes(withImportExtensions(text, context.style.extension), context.style.quote);
}

async function wire(context: CutContext, changes: ChangeSet): Promise<void> {
  const { rootModule, entry } = context.layout;
  const nest = `${context.config.runtime}/nest.ts`;
  const module = await changes.read(rootModule.file);
  const imported =
    module !== null &&
    addToModule(
      module,
      rootModule.className,
      "imports",
      "SeamcutModule",
      specifier(rootModule.file, nest, context.style),
    );
  if (!imported)
    throw new UserError("SC2012", `the imports of ${rootModule.className} are no plain list: ${rootModule.file}`);
  await changes.write(rootModule.file, imported);
  const main = await changes.read(entry);
  const started = main !== null && startRelay(main, specifier(entry, nest, context.style));
  if (!started) {
    throw new UserError("SC2012", `no "await app.listen(…)" of the application was found in ${entry}`, [
      "the relay starts after it: give it a statement of its own",
    ]);
  }
  await changes.write(entry, started);
}
