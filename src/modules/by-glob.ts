import { compareText } from "../model/index.ts";
import { fileTest, PLACE_OF_NAME } from "./by-file-name.ts";
import type { ModuleFolder } from "./module-folder.ts";
import { normalize, toPattern } from "./patterns.ts";

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

/** Globs that name modules by file names, apart from those of folders. */
export function dividedGlobs(globs: readonly string[]): { readonly folders: string[]; readonly names: string[] } {
  const isName = (glob: string) => glob.includes(PLACE_OF_NAME) && !glob.startsWith("!");
  return {
    folders: globs.filter((glob) => !isName(glob)),
    names: globs.filter(isName).map((glob) => normalize(glob)),
  };
}

/** Globs that nothing matches: most likely a slip, and then calls go missing without a word. */
export function unmatchedGlobs(files: readonly string[], globs: readonly string[]): string[] {
  const folders = [...allFolders(files)];
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  return wanted.filter((glob) => {
    const [test, paths] = glob.includes(PLACE_OF_NAME)
      ? [fileTest(normalize(glob)), files]
      : [toPattern(normalize(glob)), folders];
    return !paths.some((path) => test.test(path));
  });
}

function allFolders(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let cut = file.lastIndexOf("/"); cut > 0; cut = file.lastIndexOf("/", cut - 1))
      folders.add(file.slice(0, cut));
  }
  return folders;
}
