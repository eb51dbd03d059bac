import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packageFile = new URL("../../package.json", import.meta.url);

/** The version of seamcut itself. */
export const VERSION: string = (JSON.parse(readFileSync(packageFile, "utf8")) as { version: string }).version;

/**
 * What tells one build from another. An installed version never changes; a working copy does with each build, which
 * writes the file of this module anew.
 */
export function buildId(): string {
  const file = fileURLToPath(import.meta.url);
  return /[\\/]node_modules[\\/]/.test(file) ? VERSION : `${VERSION} ${statSync(file).mtimeMs}`;
}
