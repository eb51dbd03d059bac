import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Where results are kept between runs: beside the installed packages of the nearest package, as other tools do. Nowhere
 * else unless asked: a folder outside the repository would be known to nobody, and be emptied by nobody.
 */
export function findCacheFolder(root: string): string | undefined {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const packages = path.join(folder, "node_modules");
    if (existsSync(packages) && existsSync(path.join(folder, "package.json"))) {
      return path.join(packages, ".cache", "seamcut");
    }
    if (path.dirname(folder) === folder || existsSync(path.join(folder, ".git"))) return undefined;
  }
}
