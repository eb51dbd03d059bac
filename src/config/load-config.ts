import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { type Config, UserError } from "../model/index.ts";
import { findProjects } from "./projects.ts";
import { readUserConfig } from "./read-user-config.ts";

/** What the command line may say; each stands above the configuration file. */
export interface CommandLineOptions {
  readonly cwd?: string;
  readonly tsconfig?: string;
  /** A file to read, `false` to read none. */
  readonly config?: string | false;
  readonly modules?: readonly string[];
  readonly files?: readonly string[];
  readonly checker?: boolean;
}

export async function loadConfig(options: CommandLineOptions = {}): Promise<Config> {
  const root = path.resolve(options.cwd ?? ".");
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new UserError("SC2015", `no such folder: ${options.cwd ?? root}`, ["pass an existing folder with --cwd"]);
  }
  const found = options.config === false ? null : await readUserConfig(root, options.config || undefined);
  const user = found?.values ?? {};
  const files = options.files?.length ? options.files : (user.files ?? []);
  return {
    root,
    tsconfig: await findTsconfig(root, options.tsconfig ?? user.tsconfig, files.length > 0),
    files,
    modules: options.modules?.length ? options.modules : (user.modules ?? []),
    kinds: user.kinds ?? {},
    overrides: user.overrides ?? [],
    leaves: user.leaves ?? [],
    keep: user.keep ?? [],
    severities: user.severities ?? [],
    runtime: trimSlashes(user.runtime ?? "src/seamcut"),
    baseline: user.baseline ?? "seamcut-baseline.json",
    checker: options.checker ?? true,
    source: found ? path.relative(root, found.file) : null,
  };
}

/** Null where files are named, and where only the packages of the repository have tsconfigs. */
async function findTsconfig(root: string, asked: string | undefined, hasFiles: boolean): Promise<string | null> {
  if (asked !== undefined) {
    // As for `tsc -p`, a folder stands for the tsconfig.json in it.
    const file = [path.resolve(root, asked), path.resolve(root, asked, "tsconfig.json")].find(isFile);
    if (file !== undefined) return toPosix(path.relative(root, file));
    throw new UserError("SC2001", `no tsconfig at ${asked}`, ["--tsconfig takes a path relative to --cwd"]);
  }
  const looked: string[] = [];
  for (let folder = root; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "tsconfig.json");
    if (isFile(file)) return toPosix(path.relative(root, file));
    looked.push(path.relative(root, folder) || ".");
    // A repository is as far up as a tsconfig can mean this code.
    if (path.dirname(folder) === folder || existsSync(path.join(folder, ".git"))) break;
  }
  if (hasFiles || (await findProjects(root)).length > 0) return null;
  throw new UserError("SC2001", "no tsconfig.json in this folder or above it", [
    `looked in  ${looked.join(", ")}`,
    "if the code lives elsewhere   seamcut scan --tsconfig apps/api/tsconfig.app.json",
    'without a tsconfig            seamcut scan --files "src/**/*.ts"',
  ]);
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function trimSlashes(folder: string): string {
  return folder.replace(/^\.?\/+|\/+$/g, "");
}

export function toPosix(file: string): string {
  return path.sep === "/" ? file : file.split(path.sep).join("/");
}
