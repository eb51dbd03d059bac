import path from "node:path";
import { glob } from "tinyglobby";
import { readIfThere, readJson } from "./read-json.ts";

/** A package of the workspace that the analysed root is the top of. */
export interface Workspace {
  readonly name: string;
  /** Posix path relative to the root. */
  readonly folder: string;
  /** The manifest at the root that declares it. */
  readonly where: "package.json" | "pnpm-workspace.yaml";
}

/**
 * The packages that the manifests at the root declare, as npm, pnpm and yarn do. What one package imports from another
 * is own code, whether or not anything is installed or built.
 */
export async function readWorkspaces(root: string): Promise<readonly Workspace[]> {
  const found = new Map<string, Workspace>();
  for (const { where, patterns } of await workspacePatterns(root)) {
    if (patterns.length === 0) continue;
    const manifests = await glob(
      patterns.map((pattern) =>
        pattern.startsWith("!") ? `!${trim(pattern.slice(1))}/package.json` : `${trim(pattern)}/package.json`,
      ),
      { cwd: root, ignore: ["**/node_modules/**"] },
    );
    for (const manifest of manifests.sort()) {
      const name = ((await readJson(path.join(root, manifest))) as { name?: unknown } | null)?.name;
      const folder = path.posix.dirname(manifest);
      if (typeof name === "string" && !found.has(name)) found.set(name, { name, folder, where });
    }
  }
  return [...found.values()];
}

interface Patterns {
  readonly where: Workspace["where"];
  readonly patterns: readonly string[];
}

async function workspacePatterns(root: string): Promise<readonly Patterns[]> {
  const manifest = (await readJson(path.join(root, "package.json"))) as { workspaces?: unknown } | null;
  const declared = manifest?.workspaces;
  // Yarn also knows `{ "packages": [], "nohoist": [] }`.
  const listed = Array.isArray(declared) ? declared : (declared as { packages?: unknown } | undefined)?.packages;
  return [
    { where: "package.json", patterns: texts(listed) },
    { where: "pnpm-workspace.yaml", patterns: await pnpmPackages(root) },
  ];
}

async function pnpmPackages(root: string): Promise<readonly string[]> {
  const text = await readIfThere(path.join(root, "pnpm-workspace.yaml"));
  if (text === null) return [];
  const { parseDocument } = await import("yaml");
  // What the parser could make of a file with errors counts: pnpm itself tells of them.
  const value: unknown = parseDocument(text).toJS();
  return texts((value as { packages?: unknown } | null)?.packages);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

function trim(pattern: string): string {
  return pattern.replace(/^\.\//, "").replace(/\/+$/, "");
}
