import path from "node:path";
import { glob } from "tinyglobby";
import { compareText } from "../model/index.ts";
import { readWorkspaces } from "./workspaces.ts";

/**
 * The tsconfigs of a repository that has none at its top: those of its packages, else those of folders that lie at most
 * three deep (`apps/api/tsconfig.json`). Posix paths relative to the root, sorted.
 */
export async function findProjects(root: string): Promise<string[]> {
  const packages = (await readWorkspaces(root)).map(({ folder }) => `${literal(folder)}/tsconfig.json`);
  const ofPackages = packages.length > 0 ? await list(root, packages) : [];
  return ofPackages.length > 0
    ? ofPackages
    : list(root, ["*/tsconfig.json", "*/*/tsconfig.json", "*/*/*/tsconfig.json"]);
}

async function list(root: string, patterns: readonly string[]): Promise<string[]> {
  const found = await glob([...patterns], { cwd: root, ignore: ["**/node_modules/**"], followSymbolicLinks: false });
  return found.map((file) => file.split(path.sep).join("/")).sort(compareText);
}

/** A folder's name as a pattern that means it. */
function literal(folder: string): string {
  return folder.replace(/[()[\]{}!*?+@|\\]/g, "\\$&");
}
