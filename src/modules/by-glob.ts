import { compareText } from "../model/index.ts";
import type { ModuleFolder } from "./module-folder.ts";

/**
 * Folders matched by the user's globs; `!` excludes. A folder in which another glob matches sub-folders only holds
 * modules and is none itself: with `app/*` and `app/endpoints/*`, `app/endpoints` is a container.
 */
export function foldersByGlob(files: readonly string[], globs: readonly string[]): ModuleFolder[] {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map((glob) => normalize(glob));
  const out = globs.filter((glob) => glob.startsWith("!")).map((glob) => toPattern(normalize(glob.slice(1))));
  const containers = wanted.map((glob) => toPattern(glob.replace(/\/[^/]+$/, "")));
  const folders = new Map<string, string>();
  for (const folder of allFolders(files)) {
    if (out.some((pattern) => pattern.test(folder))) continue;
    const glob = wanted.find((candidate) => toPattern(candidate).test(folder));
    if (glob === undefined || containers.some((pattern) => pattern.test(folder))) continue;
    folders.set(folder, `matches ${glob}`);
  }
  return [...folders].map(([root, evidence]) => ({ root, evidence })).sort((a, b) => compareText(a.root, b.root));
}

/** Globs that no folder matches: most likely a slip, and then calls go missing without a word. */
export function unmatchedGlobs(files: readonly string[], globs: readonly string[]): string[] {
  const folders = [...allFolders(files)];
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  return wanted.filter((glob) => !folders.some((folder) => toPattern(normalize(glob)).test(folder)));
}

function normalize(glob: string): string {
  return glob.replace(/^\.\//, "").replace(/\/+$/, "");
}

function allFolders(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let cut = file.lastIndexOf("/"); cut > 0; cut = file.lastIndexOf("/", cut - 1))
      folders.add(file.slice(0, cut));
  }
  return folders;
}

/** Globs of folders: `*` is one folder, `**` any depth, `{a,b}` a choice. */
function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/?|\*|\?|\{([^}]*)\}/g, (part, choice?: string) => {
      if (choice !== undefined) return `(?:${choice.split(",").join("|")})`;
      if (part.startsWith("**")) return "(?:.*/)?";
      return part === "*" ? "[^/]+" : "[^/]";
    });
  return new RegExp(`^${source}$`);
}
