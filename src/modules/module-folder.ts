import { compareText } from "../model/index.ts";

/** A folder that was recognised as a module, and by what. */
export interface ModuleFolder {
  readonly root: string;
  readonly evidence: string;
  /** Name that people know it by; without one it is named after its folder. */
  readonly name?: string;
}

const SHOWN = 3;

/** Says of folders inside one another that the innermost owns a file. */
export function withNesting(folders: readonly ModuleFolder[]): ModuleFolder[] {
  const roots = folders.map((folder) => folder.root);
  const outerOf = new Map(roots.map((root) => [root, innermost(roots, root)]));
  return folders.map((folder) => {
    const outer = outerOf.get(folder.root);
    const inner = roots.filter((root) => outerOf.get(root) === folder.root).sort(compareText);
    const notes = [
      ...(outer === undefined ? [] : [`inside ${outer} and apart from it`]),
      ...(inner.length === 0 ? [] : [`without ${parts(folder, inner)}`]),
    ];
    return notes.length === 0 ? folder : { ...folder, evidence: [folder.evidence, ...notes].join("; ") };
  });
}

function parts({ root }: ModuleFolder, inner: readonly string[]): string {
  const names = listed(inner.map((folder) => folder.slice(root.length + 1)));
  return `${names}, ${inner.length === 1 ? "a module of its own" : "modules of their own"}`;
}

/** The deepest of the folders that a path lies in; the path itself is not meant. */
export function innermost(roots: Iterable<string>, path: string): string | undefined {
  let best: string | undefined;
  for (const root of roots) {
    if (path.startsWith(`${root}/`) && root.length > (best?.length ?? -1)) best = root;
  }
  return best;
}

export function listed(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(", ")} and ${more} more` : names.join(", ");
}

export function folderOf(file: string): string {
  const cut = file.lastIndexOf("/");
  return cut < 0 ? "" : file.slice(0, cut);
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The deepest folder that all files lie in. */
export function commonFolder(files: readonly string[]): string {
  const [first] = files;
  if (first === undefined) return "";
  let common = folderOf(first);
  for (const file of files) {
    while (common !== "" && !file.startsWith(`${common}/`)) common = folderOf(common);
  }
  return common;
}
