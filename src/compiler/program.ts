import path from "node:path";
import type { Project, SourceFile, ts } from "ts-morph";

/** The analysed repository as the TypeScript checker sees it. Opened only where types or edit positions are needed. */
export interface Program {
  readonly root: string;
  readonly project: Project;
  /** By posix path relative to the root; null when the program does not hold it. */
  file(relative: string): SourceFile | null;
}

/**
 * Loads the files of a tsconfig, or those given, into one checker. It is the one that ships with seamcut: the
 * repository's own `typescript` is never loaded.
 */
export async function openProgram(
  root: string,
  tsconfig: string | null,
  files: readonly string[] = [],
): Promise<Program> {
  const { Project: ProjectClass, ts } = await import("ts-morph");
  const project = new ProjectClass({
    ...(tsconfig !== null && { tsConfigFilePath: path.resolve(root, tsconfig) }),
    ...(tsconfig === null && { compilerOptions: { strict: true, experimentalDecorators: true } }),
    skipAddingFilesFromTsConfig: files.length > 0,
  });
  const ambient = files.length > 0 && tsconfig !== null ? declarationFiles(ts, path.resolve(root, tsconfig)) : [];
  for (const file of [...files, ...ambient]) project.addSourceFileAtPathIfExists(path.resolve(root, file));
  return {
    root,
    project,
    file: (relative) => project.getSourceFile(path.resolve(root, relative)) ?? null,
  };
}

/** The posix path relative to the root of a file that the program names by its absolute one. */
export function relativePath(program: Program, absolute: string): string {
  return path.relative(program.root, absolute).split(path.sep).join("/");
}

/** What a tsconfig lists beside code: the repository's own declarations of modules and globals. */
function declarationFiles(compiler: typeof ts, tsconfig: string): readonly string[] {
  const host = { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const { fileNames = [] } = compiler.getParsedCommandLineOfConfigFile(tsconfig, {}, host) ?? {};
  return fileNames.filter((name) => /\.d\.[cm]?ts$/.test(name));
}
