import { existsSync } from "node:fs";
import path from "node:path";

/** Whether packages are installed where Node would look for them. */
export function hasDependencies(root: string): boolean {
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "node_modules"))) return true;
    if (path.dirname(folder) === folder) return false;
  }
}
