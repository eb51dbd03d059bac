import { existsSync } from "node:fs";
import path from "node:path";
import { toPosix } from "../config/load-config.ts";
import { readIfThere } from "../config/read-json.ts";
import { dialectOf, type OwnersDialect, type OwnersOf, parseCodeowners } from "../modules/owners.ts";

/** GitHub looks in the first three, GitLab in the last three, both in this order. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/** Owners by CODEOWNERS of the repository, whose top may be above the analysed root; paths are relative to that root. */
export async function readOwners(root: string): Promise<OwnersOf> {
  for (const folder of foldersUp(root)) {
    for (const place of PLACES) {
      const text = await readIfThere(path.join(folder, place));
      if (text === null) continue;
      const ownersOf = parseCodeowners(text, dialectAt(place) ?? dialectOf(text));
      const above = toPosix(path.relative(folder, root));
      return (file) => ownersOf(above === "" ? file : `${above}/${file}`);
    }
  }
  return () => [];
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
