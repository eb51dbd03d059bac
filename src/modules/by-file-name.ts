import { compareText } from "../model/index.ts";
import { featureForms, featureName } from "./feature-name.ts";
import { commonFolder, folderOf, listed } from "./module-folder.ts";
import { toPattern } from "./patterns.ts";

/** Stands in a glob for the part of a file's or folder's name that says which module it is of. */
export const PLACE_OF_NAME = ":module";

/** Files of several folders that their names make one module. */
export interface NamedModule {
  readonly id: string;
  readonly files: readonly string[];
  /** The folder around all of them. */
  readonly root: string;
  readonly evidence: string;
}

/** Modules by globs with `:module`, as in a layout of layers: `src/{controllers,services}/:module.*`. */
export function modulesByFileName(files: readonly string[], globs: readonly string[]): NamedModule[] {
  const patterns = globs.map((glob) => ({ glob, test: fileTest(glob) }));
  const named = files.flatMap((file) => {
    const found = patterns.find(({ test }) => test.test(file));
    const name = found ? featureName(found.test.exec(file)?.[1] ?? "") : null;
    return found && name !== null ? [{ file, name, glob: found.glob }] : [];
  });
  const forms = featureForms(named.map(({ name }) => name));
  const modules = new Map<string, typeof named>();
  for (const entry of named) {
    const id = forms.get(entry.name) ?? entry.name;
    modules.set(id, [...(modules.get(id) ?? []), entry]);
  }
  return [...modules]
    .map(([id, entries]) => {
      const own = entries.map(({ file }) => file);
      const folders = [...new Set(own.map(folderOf))].sort(compareText);
      const evidence = `files named ${id} in ${listed(folders)}, by ${entries[0]?.glob}`;
      return { id, files: own, root: commonFolder(own), evidence };
    })
    .sort((a, b) => compareText(a.id, b.id));
}

/** Matches the files of a glob; the first group is what stands for the name. */
export function fileTest(glob: string): RegExp {
  return new RegExp(toPattern(glob).source.replace(PLACE_OF_NAME, "([^/.]+)"));
}
