import {
  type Config,
  compareText,
  type Diagnostic,
  diagnostic,
  type FileFacts,
  type Module,
  nearest,
} from "../model/index.ts";
import { foldersByGlob, unmatchedGlobs } from "./by-glob.ts";
import { foldersByStructure } from "./by-structure.ts";
import { guessKind } from "./kinds.ts";
import type { OwnersOf } from "./owners.ts";

export interface FoundModules {
  readonly modules: readonly Module[];
  /** Module id that owns a file, null for files of no module. */
  readonly moduleOf: (file: string) => string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the modules among the files: by the globs of the user, else by NestJS modules, else by folders. */
export function findModules(all: readonly FileFacts[], config: Config, ownersOf: OwnersOf): FoundModules {
  // The emitted runtime is no module: calling it is what a cut leads to.
  const files = all.filter((file) => !file.path.startsWith(`${config.runtime}/`));
  const paths = files.map((file) => file.path);
  const folders = config.modules.length > 0 ? foldersByGlob(paths, config.modules) : foldersByStructure(files);
  const ids = shortIds(folders.map((folder) => folder.root));
  const byRoot = new Map(folders.map((folder, index) => [folder.root, { folder, id: ids[index] ?? folder.root }]));
  const cache = new Map<string, string | null>();
  const ownerRoot = (file: string): string | null => {
    for (let folder = parentOf(file); ; folder = parentOf(folder)) {
      if (byRoot.has(folder)) return folder;
      if (folder === "") return null;
    }
  };
  const moduleOf = (file: string): string | null => {
    const cached = cache.get(file);
    if (cached !== undefined) return cached;
    const root = ownerRoot(file);
    const id = root === null ? null : (byRoot.get(root)?.id ?? null);
    cache.set(file, id);
    return id;
  };
  const members = new Map<string, FileFacts[]>();
  for (const file of files) {
    const id = moduleOf(file.path);
    if (id !== null) members.set(id, [...(members.get(id) ?? []), file]);
  }
  const modules = [...byRoot.values()]
    .map(({ folder, id }): Module => {
      const own = members.get(id) ?? [];
      const set = Object.hasOwn(config.kinds, id) ? config.kinds[id] : undefined;
      const guess = set
        ? { kind: set, evidence: "kind set in the configuration" }
        : guessKind(id, own, config.modules.length > 0);
      const evidence = [folder.evidence, guess.evidence];
      return { id, kind: guess.kind, root: folder.root, files: own.length, owners: ownersOf(folder.root), evidence };
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

function unmatched(paths: readonly string[], modules: readonly Module[], config: Config): Diagnostic[] {
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

function parentOf(file: string): string {
  const cut = file.lastIndexOf("/");
  return cut < 0 ? "" : file.slice(0, cut);
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

function layered(modules: readonly Module[], config: Config): Diagnostic[] {
  if (config.modules.length > 0 || modules.length < 3) return [];
  const layers = modules.filter((module) => LAYERS.test(module.root.slice(module.root.lastIndexOf("/") + 1)));
  if (layers.length * 2 <= modules.length) return [];
  const names = layers
    .map((module) => module.root)
    .slice(0, 4)
    .join(", ");
  return [
    diagnostic("SC1005", `the folders are layers (${names}), not parts of the domain: name the modules with --modules`),
  ];
}
