import type { FileFacts } from "../model/index.ts";
import { commonFolder, folderOf, innermost, listed, type ModuleFolder } from "./module-folder.ts";

/** Folders that are a technical part of what they lie in: a module class there is a detail, no part of the domain. */
const TECHNICAL =
  /^(infra(structure)?|persistence|adapters?|database|db|repositor(y|ies)|providers?|config|base|internal|common|shared|utils?)$/;

/** What fills a database is one tool, however many module classes it is made of. */
const SEEDS = /(^|\/)(seeds?|seeders)\//;

/** Folders with a NestJS module class, and the folders with code beside them; one inside another stands apart. */
export function foldersByNest(files: readonly FileFacts[]): ModuleFolder[] {
  const base = commonFolder(files.map((file) => file.path));
  const classes = new Map<string, string>();
  for (const file of files) {
    const name = moduleClassOf(file);
    const folder = folderOf(file.path);
    if (name === null || isRoot(file.path, folder, base) || classes.has(folder)) continue;
    classes.set(folder, name);
  }
  const details = new Map<string, string[]>();
  for (const folder of [...classes.keys()].sort()) {
    const outer = innermost(classes.keys(), folder);
    if (outer === undefined || !isDetail(folder, outer)) continue;
    details.set(outer, [...(details.get(outer) ?? []), folder.slice(outer.length + 1)]);
    classes.delete(folder);
  }
  const found = [...classes].map(([root, name]): ModuleFolder => {
    const parts = details.get(root);
    const note = parts ? `, and ${listed(parts)} as ${parts.length === 1 ? "a detail" : "details"} of it` : "";
    return { root, evidence: `holds the NestJS module ${name}${note}` };
  });
  return [...found, ...foldersBeside(files, [...classes.keys()])];
}

/** The exported name of a class with `@Module`, the first in the file. */
function moduleClassOf(file: FileFacts): string | null {
  const found = file.classes.find((fact) => fact.decorators.some((decorator) => decorator.name === "Module"));
  return found?.name ?? null;
}

/** The module class of the whole application sits beside the entry point. */
function isRoot(file: string, folder: string, base: string): boolean {
  return folder === base || ROOT_MODULE.test(file);
}

export const ROOT_MODULE = /(^|\/)(app|main|root)\.module\.[cm]?ts$/;

function isDetail(folder: string, outer: string): boolean {
  const inside = folder.slice(outer.length + 1).split("/");
  return inside.some((part) => TECHNICAL.test(part)) || SEEDS.test(folder);
}

/** Folders beside modules that hold code without a module class (a kernel, say) are modules as well. */
function foldersBeside(files: readonly FileFacts[], modules: readonly string[]): ModuleFolder[] {
  const outer = modules.filter((root) => innermost(modules, root) === undefined);
  const parents = new Set(outer.map(folderOf));
  const found = new Set<string>();
  for (const file of files) {
    for (let folder = folderOf(file.path); folder !== ""; folder = folderOf(folder)) {
      const isTaken = outer.some((root) => root === folder || root.startsWith(`${folder}/`));
      if (parents.has(folderOf(folder)) && !isTaken && innermost(outer, folder) === undefined) found.add(folder);
    }
  }
  const roots = [...found];
  return roots
    .filter((root) => innermost(roots, root) === undefined)
    .map((root) => ({ root, evidence: "a folder beside modules" }));
}
