import { compareText, type FileFacts } from "../model/index.ts";
import type { Boundary } from "./boundary.ts";
import { folderOfBoundary, unitsOf } from "./by-boundary.ts";
import { isLayer } from "./by-layer.ts";
import { foldersByNest, ROOT_MODULE } from "./by-nest.ts";
import { baseOf, commonFolder, folderOf, type ModuleFolder } from "./module-folder.ts";

/** Folders whose children are modules rather than being one themselves. */
const GROUPING = /^(src|app|apps|lib|libs|packages|modules|features|domains?|contexts?|services|api)$/;

/** Folders that are there for nothing else, however deep. */
const FEATURES = /^(modules|features|domains|contexts)$/;

const ENTRY = /(^|\/)(main|server)\.[cm]?tsx?$/;

/**
 * Modules of a repository that named none. Manifests divide it first; then, in each part, folders with a NestJS module
 * class where there are some, else feature folders, else folders. A package among others that is no application and
 * has no feature folders is one module.
 */
export function foldersByStructure(files: readonly FileFacts[], boundaries: readonly Boundary[] = []): ModuleFolder[] {
  const units = unitsOf(files, boundaries);
  const found = units.flatMap(({ boundary, files: own }) => {
    const isWhole = boundary === null || units.length === 1;
    if (isWhole || isApplication(own)) {
      const nest = foldersByNest(own);
      if (nest.length >= 2) return nest;
    }
    if (isWhole) return topFolders(own);
    const features = featureFolders(own);
    return features.length >= 2 ? features : [folderOfBoundary(boundary)];
  });
  return found.sort((a, b) => compareText(a.root, b.root));
}

function isApplication(files: readonly FileFacts[]): boolean {
  return files.some(({ path }) => ENTRY.test(path) || ROOT_MODULE.test(path));
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
    const inner = childFolders(files, folder);
    // Beside other layers, `services` is one of them.
    const isOneOfLayers = isLayer(folder) && level.some((other) => other !== folder && isLayer(other));
    if (!GROUPING.test(baseOf(folder)) || isOneOfLayers || inner.length < 2) return [foundIn(base, folder)];
    return inner.flatMap((child) => divided(files, child) ?? [foundIn(folder, child)]);
  });
}

/** The children of a feature folder; null for any other folder. */
function divided(files: readonly FileFacts[], folder: string): ModuleFolder[] | null {
  const inner = FEATURES.test(baseOf(folder)) ? childFolders(files, folder) : [];
  if (inner.length < 2) return null;
  return inner.flatMap((child) => divided(files, child) ?? [foundIn(folder, child)]);
}

/** What the feature folders of a package hold, and the folders beside those. */
function featureFolders(files: readonly FileFacts[]): ModuleFolder[] {
  const folders = new Set(files.flatMap((file) => ancestorsOf(file.path)));
  const parent = [...folders].sort(compareText).find((folder) => divided(files, folder) !== null);
  if (parent === undefined) return [];
  const around = folderOf(parent);
  return childFolders(files, around).flatMap((child) => divided(files, child) ?? [foundIn(around, child)]);
}

function foundIn(parent: string, root: string): ModuleFolder {
  if (FEATURES.test(baseOf(parent))) return { root, evidence: `a feature folder of ${parent}` };
  return { root, evidence: `a folder of ${parent || "the root"}` };
}

function ancestorsOf(file: string): string[] {
  const folder = folderOf(file);
  return folder === "" ? [] : [folder, ...ancestorsOf(folder)];
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
