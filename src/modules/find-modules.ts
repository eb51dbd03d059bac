import {
  type Config,
  compareText,
  type Diagnostic,
  diagnostic,
  type FileFacts,
  type Module,
  nearest,
} from "../model/index.ts";
import type { Boundary } from "./boundary.ts";
import { modulesByFileName, type NamedModule, PLACE_OF_NAME } from "./by-file-name.ts";
import { dividedGlobs, foldersByGlob, unmatchedGlobs } from "./by-glob.ts";
import { isLayer, splitByFeature } from "./by-layer.ts";
import { foldersByStructure } from "./by-structure.ts";
import { folderOf, listed, type ModuleFolder, withNesting } from "./module-folder.ts";
import { type OwnersOf, ownersOfMost } from "./owners.ts";

/** A module whose kind is not told yet: for that, its calls must be known. */
export type KindlessModule = Omit<Module, "kind">;

export interface FoundModules {
  readonly modules: readonly KindlessModule[];
  /** Module id that owns a file, null for files of no module. */
  readonly moduleOf: (file: string) => string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the modules among the files: by the globs of the user, else by manifests, NestJS modules and folders. */
export function findModules(
  all: readonly FileFacts[],
  config: Config,
  ownersOf: OwnersOf,
  boundaries: readonly Boundary[] = [],
): FoundModules {
  // The emitted runtime is no module: calling it is what a cut leads to.
  const files = all.filter((file) => !file.path.startsWith(`${config.runtime}/`));
  const paths = files.map((file) => file.path);
  const globs = dividedGlobs(config.modules);
  const named = modulesByFileName(paths, globs.names);
  const folders = withNesting(
    config.modules.length > 0 ? foldersByGlob(paths, globs.folders) : foldersByStructure(files, boundaries),
  );
  const ids = idsOf(folders, named);
  const idByRoot = new Map(folders.map((folder, index) => [folder.root, ids[index] ?? folder.root]));
  const moduleOf = createModuleOf(idByRoot, named);
  const members = new Map<string, string[]>();
  for (const file of paths) {
    const id = moduleOf(file);
    if (id !== null) members.set(id, [...(members.get(id) ?? []), file]);
  }
  const found = [
    ...folders.map(({ root, evidence }) => ({ id: idByRoot.get(root) ?? root, root, evidence })),
    ...named.map(({ id, root, evidence }) => ({ id, root, evidence, byName: true as const })),
  ];
  const modules = found
    .map(({ evidence, ...module }): KindlessModule => {
      const own = members.get(module.id) ?? [];
      return { ...module, files: own.length, owners: ownersOfMost(own, ownersOf), evidence: [evidence] };
    })
    .filter((module) => module.files > 0)
    .sort((a, b) => compareText(a.id, b.id));
  const homeless = paths.filter((file) => moduleOf(file) === null);
  return {
    modules,
    moduleOf,
    diagnostics: [...outside(homeless), ...unmatched(paths, modules, config), ...layered(modules, paths, config)],
  };
}

/** A file's name decides where globs say so, else the innermost folder that is a module owns it. */
function createModuleOf(
  idByRoot: ReadonlyMap<string, string>,
  named: readonly NamedModule[],
): FoundModules["moduleOf"] {
  const byFile = new Map(named.flatMap(({ id, files }) => files.map((file) => [file, id] as const)));
  const cache = new Map<string, string | null>();
  const idOfFolder = (folder: string): string | null => {
    const cached = cache.get(folder);
    if (cached !== undefined) return cached;
    const id = idByRoot.get(folder) ?? (folder === "" ? null : idOfFolder(folderOf(folder)));
    cache.set(folder, id);
    return id;
  };
  return (file) => byFile.get(file) ?? idOfFolder(folderOf(file));
}

function unmatched(paths: readonly string[], modules: readonly KindlessModule[], config: Config): Diagnostic[] {
  const globs = unmatchedGlobs(paths, config.modules).map(
    (glob) => `no ${glob.includes(PLACE_OF_NAME) ? "file" : "folder"} matches ${glob}`,
  );
  const ids = modules.map((module) => module.id);
  const kinds = Object.keys(config.kinds)
    .filter((id) => !ids.includes(id))
    .map((id) => {
      const meant = nearest(id, ids);
      return `no module is called ${id}, which has a kind in the configuration${meant ? `: did you mean ${meant}?` : ""}`;
    });
  return [...globs, ...kinds].map((message) => diagnostic("SC1012", message));
}

function outside(files: readonly string[]): Diagnostic[] {
  if (files.length === 0) return [];
  const names = files.length > 3 ? `${files.slice(0, 3).join(", ")} and others` : files.join(", ");
  const count = files.length === 1 ? "1 file belongs" : `${files.length} files belong`;
  return [diagnostic("SC1004", `${count} to no module, so calls from and to it do not count: ${names}`)];
}

/** The name that people know a module by where no other has it, else one by its folder. */
function idsOf(folders: readonly ModuleFolder[], named: readonly NamedModule[]): string[] {
  const short = shortIds(folders.map((folder) => folder.root));
  const wished = folders.map((folder, index) => folder.name ?? short[index] ?? folder.root);
  const taken = [...named.map(({ id }) => id), ...wished];
  const isFree = (id: string) => taken.indexOf(id) === taken.lastIndexOf(id);
  return wished.map((id, index) => {
    if (isFree(id)) return id;
    const other = short[index] ?? id;
    return other !== id && isFree(other) ? other : (folders[index]?.root ?? other);
  });
}

/** Each root below the common part of all, shortened to its last folder where that stays unique. */
function shortIds(roots: readonly string[]): string[] {
  const split = roots.map((root) => root.split("/"));
  let common = 0;
  while (split.length > 1 && split.every((parts) => parts.length > common + 1 && parts[common] === split[0]?.[common]))
    common++;
  const below = split.map((parts) => (split.length > 1 ? parts.slice(common) : parts.slice(-1)).join("/"));
  const last = split.map((parts) => parts[parts.length - 1] ?? "");
  return below.map((id, index) => {
    const short = last[index] ?? id;
    return last.filter((other) => other === short).length === 1 ? short : id;
  });
}

/** Calls between layers say nothing of the domain. A split by feature is shown where there is one, and never taken. */
function layered(modules: readonly KindlessModule[], files: readonly string[], config: Config): Diagnostic[] {
  if (config.modules.length > 0 || modules.length < 3) return [];
  const layers = modules.map(({ root }) => root).filter(isLayer);
  if (layers.length * 2 <= modules.length) return [];
  const what = `the folders are layers (${listed(layers)})`;
  const split = splitByFeature(
    modules.map(({ root }) => root),
    files,
  );
  if (split === null) {
    return [diagnostic("SC1005", `${what}, not parts of the domain: name the modules with --modules`)];
  }
  const how = split.globs.map((glob) => `--modules "${glob}"`).join(" ");
  return [diagnostic("SC1015", `${what}; by file name the modules would be ${listed(split.names)}: ${how}`)];
}
