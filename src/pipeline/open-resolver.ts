import type { SourceFiles } from "../config/source-files.ts";
import type { ResolveSpecifier } from "../link/create-world.ts";
import { createSpecifierResolver } from "../link/resolve-specifier.ts";
import type { Config } from "../model/index.ts";
import { readWorkspaces } from "./workspaces.ts";

export type ListedFiles = Pick<SourceFiles, "files" | "aliases" | "javascript">;

/** What imports of the listed files mean on this disk, now. */
export async function openResolver(
  { root, tsconfig }: Config,
  { files, aliases, javascript }: ListedFiles,
): Promise<ResolveSpecifier> {
  return createSpecifierResolver({
    root,
    tsconfig,
    files,
    aliases,
    javascript,
    workspaces: await readWorkspaces(root),
  });
}
