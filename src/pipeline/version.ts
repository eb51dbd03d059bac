import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface PackageFile {
  readonly version: string;
  readonly repository?: string | { readonly url: string };
}

const packageFile = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as PackageFile;

/** The version of seamcut itself. */
export const VERSION: string = packageFile.version;

/**
 * What tells one build from another. An installed version never changes; a working copy does with each build, which
 * writes the file of this module anew.
 */
export function buildId(): string {
  const file = fileURLToPath(import.meta.url);
  return /[\\/]node_modules[\\/]/.test(file) ? VERSION : `${VERSION} ${statSync(file).mtimeMs}`;
}

/** Address of the folder `docs` on the web; undefined where the package names no repository on GitHub. */
export const DOCS: string | undefined = docsAddress(packageFile.repository);

export function docsAddress(repository: PackageFile["repository"]): string | undefined {
  const url = typeof repository === "string" ? repository : (repository?.url ?? "");
  const name = /^(?:github:|(?:git\+)?(?:https|ssh):\/\/(?:git@)?github\.com\/)([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(
    url,
  );
  return name?.[1] && `https://github.com/${name[1]}/blob/HEAD/docs`;
}
