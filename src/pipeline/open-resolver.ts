import type { SourceFiles } from "../config/source-files.ts";
import { readWorkspaces, type Workspace } from "../config/workspaces.ts";
import type { ResolveSpecifier } from "../link/create-world.ts";
import { createSpecifierResolver } from "../link/resolve-specifier.ts";
import type { Config } from "../model/index.ts";

export type ListedFiles = Pick<SourceFiles, "files" | "aliases" | "javascript">;

export interface Opened {
  /** What imports of the listed files mean on this disk, now. */
  readonly resolve: ResolveSpecifier;
  readonly workspaces: readonly Workspace[];
}

export async function openResolver(
  { root, tsconfig }: Config,
  { files, aliases, javascript }: ListedFiles,
): Promise<Opened> {
  const workspaces = await readWorkspaces(root);
  const folders = Object.fromEntries(workspaces.map(({ name, folder }) => [name, folder]));
  const resolve = createSpecifierResolver({ root, tsconfig, files, aliases, javascript, workspaces: folders });
  return { resolve, workspaces };
}
