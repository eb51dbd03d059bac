import { readFile } from "node:fs/promises";
import path from "node:path";
import { glob } from "tinyglobby";

/**
 * Folders of the workspace's packages by package name, as the manifests at the root declare them. What one package
 * imports from another is own code, whether or not anything is installed or built.
 */
export async function readWorkspaces(root: string): Promise<Readonly<Record<string, string>>> {
  const patterns = await workspacePatterns(root);
  if (patterns.length === 0) return {};
  const manifests = await glob(
    patterns.map((pattern) =>
      pattern.startsWith("!") ? `!${trim(pattern.slice(1))}/package.json` : `${trim(pattern)}/package.json`,
    ),
    { cwd: root, ignore: ["**/node_modules/**"] },
  );
  const found: Record<string, string> = {};
  for (const manifest of manifests.sort()) {
    const name = ((await readJson(path.join(root, manifest))) as { name?: unknown } | null)?.name;
    if (typeof name === "string") found[name] ??= path.posix.dirname(manifest);
  }
  return found;
}

async function workspacePatterns(root: string): Promise<string[]> {
  const manifest = (await readJson(path.join(root, "package.json"))) as { workspaces?: unknown } | null;
  const declared = manifest?.workspaces;
  const listed = Array.isArray(declared) ? declared : (declared as { packages?: unknown } | undefined)?.packages;
  const pnpm = await readText(path.join(root, "pnpm-workspace.yaml"));
  return [listed, pnpmPackages(pnpm ?? "")].flatMap((list) =>
    Array.isArray(list) ? list.filter((pattern): pattern is string => typeof pattern === "string") : [],
  );
}

/** The list under `packages:`; the one thing that is asked of the file is not worth a YAML parser. */
function pnpmPackages(text: string): string[] {
  const list = /^packages:[^\S\n]*\n((?:[^\S\n]*(?:-|#).*\n?|[^\S\n]*\n)*)/m.exec(text)?.[1] ?? "";
  return [...list.matchAll(/^\s*-\s*["']?([^"'#\s]+)/gm)].map((match) => match[1] ?? "");
}

function trim(pattern: string): string {
  return pattern.replace(/^\.\//, "").replace(/\/+$/, "");
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    // A manifest that is no JSON declares nothing; whoever installs from it learns more than we could say.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
