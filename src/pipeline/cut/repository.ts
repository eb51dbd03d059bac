import { readFile } from "node:fs/promises";
import path from "node:path";
import { quoteOf } from "../../codemods/edits.ts";
import { findEntry, findMigrations } from "../../compiler/nest-layout.ts";
import type { Program } from "../../compiler/program.ts";
import {
  type AnalysisResult,
  type Config,
  type Module,
  nearest,
  type RepositoryLayout,
  UserError,
} from "../../model/index.ts";
import type { CodeStyle } from "./context.ts";

export function moduleNamed(result: AnalysisResult, id: string): Module {
  const module = result.modules.find((each) => each.id === id);
  if (module?.byName) {
    throw new UserError("SC2012", `module ${id} has no folder that an event and its handler could go into`, [
      `its files are told by their names: move them into one folder, ${module.root}/${id} say`,
    ]);
  }
  if (module) return module;
  const ids = result.modules.map((each) => each.id);
  const close = nearest(id, ids);
  throw new UserError("SC2002", `there is no module ${id}`, [
    ...(close ? [`did you mean   ${close}`] : []),
    `modules here   ${ids.join(", ")}`,
  ]);
}

export function requireStack(result: AnalysisResult, config: Config): void {
  requireTsconfig(config);
  const { framework, orm, database } = result.stack;
  const isSupported = framework?.startsWith("NestJS") && orm?.startsWith("TypeORM") && database === "PostgreSQL";
  if (isSupported) return;
  const found = [framework, orm, database].filter((part) => part !== undefined).join(", ") || "nothing it knows";
  throw new UserError("SC2012", `cut works on NestJS with TypeORM on PostgreSQL; here it found ${found}`, [
    "scan, explain, plan and check work on any TypeScript code",
  ]);
}

/** Patches are proven by the repository's own `tsc`, and that takes one project. */
function requireTsconfig({ tsconfig, files }: Config): void {
  if (tsconfig !== null || files.length > 0) return;
  throw new UserError("SC2001", "there is no tsconfig.json here, only in the packages below", [
    "name the one of the application   seamcut cut … --tsconfig apps/api/tsconfig.json",
  ]);
}

/** Without the types of the ORM, a write looks like any other call: what joins a transaction could not be told. */
export function requireTypes(program: Program, library: string): void {
  const isMissing = program.project
    .getSourceFiles()
    .flatMap((file) => file.getImportDeclarations())
    .some((each) => each.getModuleSpecifierValue() === library && !each.getModuleSpecifierSourceFile());
  if (!isMissing) return;
  throw new UserError("SC2012", `the types of ${library} are not installed`, ["install the dependencies   npm ci"]);
}

export function layoutOf(program: Program): RepositoryLayout {
  const entry = findEntry(program);
  if (!entry) {
    throw new UserError(
      "SC2012",
      "no entry point was found that creates the application with NestFactory and listens",
      ["list the file in the tsconfig that --tsconfig names"],
    );
  }
  const migrations = findMigrations(program);
  if (!migrations) {
    throw new UserError("SC2012", "no TypeORM migration was found to put new ones beside", [
      "write the first one   typeorm migration:create",
    ]);
  }
  return { ...entry, migrations };
}

export async function codeStyle(config: Config, program: Program, layout: RepositoryLayout): Promise<CodeStyle> {
  const { module } = program.project.getCompilerOptions();
  // node16 to nodenext: Node resolves specifiers itself, and wants them whole where the package is one of ES modules.
  const isNode = module !== undefined && module >= 100 && module <= 199;
  const quote = quoteOf(await readFile(path.join(config.root, layout.rootModule.file), "utf8"));
  return { extension: isNode && (await isEsm(config.root)) ? ".js" : "", quote };
}

async function isEsm(root: string): Promise<boolean> {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const text = await readFile(path.join(folder, "package.json"), "utf8").catch(() => null);
    if (text !== null) return (JSON.parse(text) as { type?: string }).type === "module";
    if (path.dirname(folder) === folder) return false;
  }
}
