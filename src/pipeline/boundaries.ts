import path from "node:path";
import { readJson } from "../config/read-json.ts";
import type { Workspace } from "../config/workspaces.ts";
import { compareText } from "../model/index.ts";
import type { Boundary } from "../modules/boundary.ts";

/** Folders around the given files that have a manifest of their own; the analysed root has none, it is the whole. */
export async function readBoundaries(
  root: string,
  files: readonly string[],
  workspaces: readonly Workspace[],
): Promise<readonly Boundary[]> {
  const declared = new Map(workspaces.map((workspace) => [workspace.folder, workspace]));
  const found = await Promise.all(foldersAround(files).map((folder) => boundaryAt(root, folder, declared.get(folder))));
  return found.filter((boundary) => boundary !== null).sort((a, b) => compareText(a.root, b.root));
}

async function boundaryAt(root: string, folder: string, workspace?: Workspace): Promise<Boundary | null> {
  const [project, manifest] = await Promise.all([
    readObject(path.join(root, folder, "project.json")),
    readObject(path.join(root, folder, "package.json")),
  ]);
  const about = { root: folder, tags: [...texts(project?.tags), ...texts(asObject(manifest?.nx)?.tags)] };
  if (project) {
    const name = typeof project.name === "string" ? project.name : path.posix.basename(folder);
    return { ...about, name, by: "nx", where: `${folder}/project.json` };
  }
  if (workspace) return { ...about, name: workspace.name, by: "workspace", where: workspace.where };
  // Without a name it only says how the files below it are to be read (`"type": "module"`).
  if (typeof manifest?.name !== "string") return null;
  return { ...about, name: manifest.name, by: "package", where: `${folder}/package.json` };
}

function foldersAround(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = path.posix.dirname(file); folder !== "."; folder = path.posix.dirname(folder)) {
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return [...folders];
}

async function readObject(file: string): Promise<Readonly<Record<string, unknown>> | null> {
  return asObject(await readJson(file));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}
