import { existsSync } from "node:fs";
import path from "node:path";
import { toPosix } from "../config/load-config.ts";
import { readIfThere } from "../config/read-json.ts";
import { dialectOf, type OwnersDialect, type OwnersOf, parseCodeowners } from "../modules/owners.ts";

/** GitHub looks in the first three, GitLab in the last three, both in this order. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/** The file that says who owns what. */
export interface OwnersFile {
  readonly place: string;
  readonly text: string;
  /** Posix path of the analysed root below the folder that the file's patterns start from; "" where they are the same. */
  readonly above: string;
}

/** Owners by CODEOWNERS of the repository, whose top may be above the analysed root; paths are relative to that root. */
export async function readOwners(root: string): Promise<OwnersOf> {
  const found = await readOwnersFile(root);
  if (!found) return () => [];
  const { place, text, above } = found;
  const ownersOf = parseCodeowners(text, dialectAt(place) ?? dialectOf(text));
  return (file) => ownersOf(above === "" ? file : `${above}/${file}`);
}

export async function readOwnersFile(root: string): Promise<OwnersFile | null> {
  for (const folder of foldersUp(root)) {
    for (const place of PLACES) {
      const text = await readIfThere(path.join(folder, place));
      if (text !== null) return { place, text, above: toPosix(path.relative(folder, root)) };
    }
  }
  return null;
}

/** From the analysed root to the top of its repository. */
function foldersUp(root: string): string[] {
  const folders: string[] = [];
  for (let folder = root; ; folder = path.dirname(folder)) {
    folders.push(folder);
    if (existsSync(path.join(folder, ".git"))) return folders;
    if (path.dirname(folder) === folder) return [root];
  }
}

function dialectAt(place: string): OwnersDialect | undefined {
  if (place.startsWith(".github/")) return "github";
  return place.startsWith(".gitlab/") ? "gitlab" : undefined;
}
