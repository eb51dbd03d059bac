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
import { foldersByGlob, unmatchedGlobs } from "./by-glob.ts";
import { foldersByStructure } from "./by-structure.ts";
import { baseOf, folderOf, type ModuleFolder, withNesting } from "./module-folder.ts";
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
  const folders = withNesting(
    config.modules.length > 0 ? foldersByGlob(paths, config.modules) : foldersByStructure(files, boundaries),
  );
  const ids = idsOf(folders);
  const idByRoot = new Map(folders.map((folder, index) => [folder.root, ids[index] ?? folder.root]));
  const moduleOf = createModuleOf(idByRoot);
  const members = new Map<string, string[]>();
  for (const file of paths) {
    const id = moduleOf(file);
    if (id !== null) members.set(id, [...(members.get(id) ?? []), file]);
  }
  const modules = folders
    .map(({ root, evidence }): KindlessModule => {
      const id = idByRoot.get(root) ?? root;
      const own = members.get(id) ?? [];
      return { id, root, files: own.length, owners: ownersOfMost(own, ownersOf), evidence: [evidence] };
    })
    .filter((module) => module.files > 0)
    .sort((a, b) => compareText(a.id, b.id));
  const homeless = paths.filter((file) => moduleOf(file) === null);
  return {
    modules,
    moduleOf,
    diagnostics: [...outside(homeless), ...unmatched(paths, modules, config), ...layered(modules, config)],
  };
}

/** The innermost folder that is a module owns a file. */
function createModuleOf(idByRoot: ReadonlyMap<string, string>): FoundModules["moduleOf"] {
  const cache = new Map<string, string | null>();
  const idOfFolder = (folder: string): string | null => {
    const cached = cache.get(folder);
    if (cached !== undefined) return cached;
    const id = idByRoot.get(folder) ?? (folder === "" ? null : idOfFolder(folderOf(folder)));
    cache.set(folder, id);
    return id;
  };
  return (file) => idOfFolder(folderOf(file));
}

function unmatched(paths: readonly string[], modules: readonly KindlessModule[], config: Config): Diagnostic[] {
  const globs = unmatchedGlobs(paths, config.modules).map((glob) => `no folder matches ${glob}`);
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
function idsOf(folders: readonly ModuleFolder[]): string[] {
  const short = shortIds(folders.map((folder) => folder.root));
  const wished = folders.map((folder, index) => folder.name ?? short[index] ?? folder.root);
  return wished.map((id, index) => (wished.filter((other) => other === id).length === 1 ? id : (short[index] ?? id)));
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

const LAYERS =
  /^(controllers?|services?|repositories|repository|entities|entity|models?|dtos?|middlewares?|routes|handlers|helpers|utils|interfaces|types)$/;

function layered(modules: readonly KindlessModule[], config: Config): Diagnostic[] {
  if (config.modules.length > 0 || modules.length < 3) return [];
  const layers = modules.filter((module) => LAYERS.test(baseOf(module.root)));
  if (layers.length * 2 <= modules.length) return [];
  const names = layers
    .map((module) => module.root)
    .slice(0, 4)
    .join(", ");
  return [
    diagnostic("SC1005", `the folders are layers (${names}), not parts of the domain: name the modules with --modules`),
  ];
}
