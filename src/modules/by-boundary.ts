import type { FileFacts } from "../model/index.ts";
import type { Boundary } from "./boundary.ts";
import { innermost, type ModuleFolder } from "./module-folder.ts";

/** Files of one manifest's folder; those of none are the repository's own. */
export interface Unit {
  readonly boundary: Boundary | null;
  readonly files: readonly FileFacts[];
}

/** Files by the innermost folder with a manifest that they lie in. */
export function unitsOf(files: readonly FileFacts[], boundaries: readonly Boundary[]): Unit[] {
  const byRoot = new Map(boundaries.map((boundary) => [boundary.root, boundary]));
  const units = new Map<string | undefined, FileFacts[]>();
  for (const file of files) {
    const root = innermost(byRoot.keys(), file.path);
    units.set(root, [...(units.get(root) ?? []), file]);
  }
  return [...units].map(([root, own]) => ({ boundary: byRoot.get(root ?? "") ?? null, files: own }));
}

/** A manifest's folder as one module. */
export function folderOfBoundary({ root, name, by, where, tags }: Boundary): ModuleFolder {
  if (by === "nx") {
    const tagged = tags.length > 0 ? `, tagged ${tags.join(", ")}` : "";
    return { root, name, evidence: `the Nx project ${name} (${where}${tagged})` };
  }
  const what = by === "workspace" ? "the workspace's package" : "the package";
  return { root, evidence: `${what} ${name} (${where})` };
}
