import { compareText, type FileFacts } from "../model/index.ts";
import type { ModuleFolder } from "./module-folder.ts";

/** Folders whose children are modules rather than being one themselves. */
const GROUPING = /^(src|app|apps|lib|libs|packages|modules|features|domains?|contexts?|services|api)$/;

/** Modules of a repository that named none: folders with a NestJS module class where there are some, else folders. */
export function foldersByStructure(files: readonly FileFacts[]): ModuleFolder[] {
  const nest = nestFolders(files);
  const found = nest.length >= 2 ? nest : topFolders(files);
  return [...found].sort((a, b) => compareText(a.root, b.root));
}

function nestFolders(files: readonly FileFacts[]): ModuleFolder[] {
  const base = commonFolder(files.map((file) => file.path));
  const folders = new Map<string, string>();
  for (const file of files) {
    const module = file.classes.find((fact) => fact.decorators.some((decorator) => decorator.name === "Module"));
    const folder = folderOf(file.path);
    if (!module?.name || isRoot(file.path, folder, base)) continue;
    if (!folders.has(folder)) folders.set(folder, `holds the NestJS module ${module.name}`);
  }
  // Folders beside them that hold code of their own (a kernel without a module class) are modules as well.
  const parents = new Set([...folders.keys()].map(folderOf));
  for (const file of files) {
    for (let folder = folderOf(file.path); folder !== ""; folder = folderOf(folder)) {
      if (
        parents.has(folderOf(folder)) &&
        ![...folders.keys()].some((known) => known === folder || known.startsWith(`${folder}/`))
      ) {
        folders.set(folder, "a folder beside modules");
      }
    }
  }
  // A module inside another one is its detail, unless the outer one only groups.
  const roots = [...folders.keys()];
  return roots
    .filter((root) => !roots.some((outer) => root.startsWith(`${outer}/`)))
    .map((root) => ({ root, evidence: folders.get(root) ?? "" }));
}

/** The module class of the whole application sits beside the entry point. */
function isRoot(file: string, folder: string, base: string): boolean {
  return folder === base || /(^|\/)(app|main|root)\.module\.[cm]?ts$/.test(file);
}

function topFolders(files: readonly FileFacts[]): ModuleFolder[] {
  let base = commonFolder(files.map((file) => file.path));
  let level = childFolders(files, base);
  // One folder alone, or one that only groups, is no division.
  while (level.length === 1 && level[0] !== undefined) {
    base = level[0];
    level = childFolders(files, base);
  }
  return level.flatMap((folder) => {
    const name = folder.slice(folder.lastIndexOf("/") + 1);
    const inner = childFolders(files, folder);
    if (!GROUPING.test(name) || inner.length < 2)
      return [{ root: folder, evidence: `a folder of ${base || "the root"}` }];
    return inner.map((root) => ({ root, evidence: `a folder of ${folder}` }));
  });
}

function childFolders(files: readonly FileFacts[], base: string): string[] {
  const prefix = base === "" ? "" : `${base}/`;
  const children = new Set<string>();
  for (const file of files) {
    if (!file.path.startsWith(prefix)) continue;
    const rest = file.path.slice(prefix.length);
    const cut = rest.indexOf("/");
    if (cut > 0) children.add(prefix + rest.slice(0, cut));
  }
  return [...children].sort(compareText);
}

function commonFolder(files: readonly string[]): string {
  const first = files[0];
  if (first === undefined) return "";
  let common = folderOf(first);
  for (const file of files) {
    while (common !== "" && !file.startsWith(`${common}/`)) common = folderOf(common);
  }
  return common;
}

function folderOf(file: string): string {
  const cut = file.lastIndexOf("/");
  return cut < 0 ? "" : file.slice(0, cut);
}
