import { type Dirent, existsSync, lstatSync, readdir, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { glob } from "tinyglobby";
import { type Config, compareText, type Diagnostic, diagnostic, UserError } from "../model/index.ts";
import { toPosix } from "./load-config.ts";
import { findProjects } from "./projects.ts";
import { type Aliases, aliasesOf, readTsconfig, type Tsconfig } from "./read-tsconfig.ts";

export interface SourceFiles {
  /** Posix paths relative to the root, sorted. */
  readonly files: readonly string[];
  /** What the tsconfig's `paths` say. */
  readonly aliases: Aliases;
  /** Whether JavaScript counts as code (`allowJs`, or named by the globs). */
  readonly javascript: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const MAX_BYTES = 2 * 1024 * 1024;
const ALWAYS_OUT = ["**/node_modules/**", "**/.git/**", "**/*.d.ts", "**/*.d.mts", "**/*.d.cts"];
/** Tests and test doubles, by file name or by a folder that holds nothing else. Never by a word inside a path. */
const TEST_FILE =
  /\.(spec|test|e2e-spec|e2e|int-spec|mock|stub|fixture)\.[cm]?[jt]sx?$|(^|\/)(__mocks__|__tests__|__fixtures__|e2e)\//;

/** The files to read: what the tsconfig says (references followed), or the globs given; no tests, no declarations. */
export async function listSourceFiles(config: Config): Promise<SourceFiles> {
  const diagnostics: Diagnostic[] = [];
  const tsconfig = config.tsconfig === null ? null : readTsconfig(path.resolve(config.root, config.tsconfig));
  if (tsconfig?.missing) {
    const message = `${config.tsconfig} extends ${tsconfig.missing}, which is not installed: read without it`;
    diagnostics.push(diagnostic("SC1008", message));
  }
  const listing: Listing = { root: config.root, found: new Set(), seen: new Set(), unreadable: new Set() };
  if (config.files.length > 0) await byGlobs(config, listing);
  else {
    if (config.tsconfig !== null) await addProject(listing, path.resolve(config.root, config.tsconfig));
    // A tsconfig at the top that lists nothing is there for those of the packages to extend.
    if (listing.found.size === 0) {
      for (const project of await findProjects(config.root)) await addProject(listing, path.join(config.root, project));
    }
  }
  const listed = [...listing.found].sort(compareText);
  for (const folder of [...listing.unreadable].sort(compareText)) {
    diagnostics.push(
      diagnostic("SC1007", `${folder.replaceAll("\n", "\\n")} could not be read: its name holds a line break`),
    );
  }
  const tests = listed.filter((file) => TEST_FILE.test(file));
  const files = listed.filter((file) => !TEST_FILE.test(file) && fits(config.root, file, diagnostics));
  if (tests.length > 0) {
    diagnostics.push(diagnostic("SC1010", `${tests.length} test file${tests.length === 1 ? "" : "s"} left out`));
  }
  if (files.length === 0) {
    const where = config.files.length > 0 ? config.files.join(", ") : (config.tsconfig ?? ".");
    throw new UserError("SC2015", `no TypeScript source file found by ${where}`, [
      'name them yourself   seamcut scan --files "src/**/*.ts"',
    ]);
  }
  const javascript = files.some((file) => /\.[cm]?jsx?$/.test(file));
  return { files, aliases: aliasesOf(tsconfig), javascript, diagnostics };
}

function fits(root: string, file: string, diagnostics: Diagnostic[]): boolean {
  const size = statSync(path.join(root, file), { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    diagnostics.push(diagnostic("SC1007", `${file} could not be read`));
    return false;
  }
  if (size <= MAX_BYTES) return true;
  diagnostics.push(
    diagnostic("SC1003", `${file} is ${Math.round(size / 1024)} KiB: generated code is skipped past 2 MiB`),
  );
  return false;
}

/** What has been listed so far. */
interface Listing {
  readonly root: string;
  readonly found: Set<string>;
  /** Tsconfigs that were followed, by absolute path. */
  readonly seen: Set<string>;
  /** Folders that no pattern can match. */
  readonly unreadable: Set<string>;
}

async function byGlobs(config: Config, listing: Listing): Promise<void> {
  const wanted = config.files.filter((pattern) => !pattern.startsWith("!"));
  const out = config.files.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  // JavaScript is meant where a pattern says so: beside TypeScript it is more often what was built from it.
  const code = wanted.some((pattern) => /\.[cm]?jsx?$/.test(pattern)) ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
  const files = await glob(wanted, {
    cwd: config.root,
    ignore: [...ALWAYS_OUT, ...out],
    followSymbolicLinks: false,
    fs: watchful(listing),
  });
  for (const file of files.map(toPosix)) if (code.test(file)) listing.found.add(file);
}

async function addProject(listing: Listing, file: string): Promise<void> {
  if (listing.seen.has(file)) return;
  listing.seen.add(file);
  const { values: parsed } = readTsconfig(file);
  const folder = path.dirname(file);
  const hasList = parsed.files !== undefined || parsed.include !== undefined;
  const javascript = parsed.compilerOptions?.allowJs ?? parsed.compilerOptions?.checkJs ?? false;
  const references = (parsed.references ?? []).map((reference) => projectFile(path.resolve(folder, reference.path)));
  for (const listed of parsed.files ?? []) add(listing, path.resolve(folder, listed), javascript);
  const include = parsed.include ?? (parsed.files || references.length > 0 ? [] : ["."]);
  if (include.length > 0) {
    const ignore = [...ALWAYS_OUT, ...(parsed.exclude ?? []).flatMap(expandFolder), ...outputFolders(parsed, hasList)];
    const files = await glob(
      include.flatMap(expandFolder).map((pattern) => codeOnly(pattern, javascript)),
      { cwd: folder, ignore, followSymbolicLinks: false, expandDirectories: false, fs: watchful(listing) },
    );
    for (const name of files) add(listing, path.resolve(folder, name), javascript);
  }
  for (const reference of references) if (existsSync(reference)) await addProject(listing, reference);
}

/** Notes the folders whose name holds a line break: `**` does not match those, and what is in them would be lost. */
function watchful({ root, unreadable }: Listing) {
  const note = (parent: string, entries: readonly Dirent[]) => {
    for (const entry of entries) {
      if (entry.name.includes("\n") && entry.isDirectory()) {
        unreadable.add(toPosix(path.relative(root, path.join(parent, entry.name))));
      }
    }
  };
  const list = (parent: string, _: unknown, done: (error: Error | null, entries: Dirent[]) => void) => {
    readdir(parent, { withFileTypes: true }, (error, entries) => {
      if (!error) note(parent, entries);
      done(error, entries);
    });
  };
  return { readdir: list as typeof readdir };
}

/** A `references` entry names a folder or a file. */
function projectFile(reference: string): string {
  return reference.endsWith(".json") ? reference : path.join(reference, "tsconfig.json");
}

function outputFolders(parsed: Tsconfig["values"], hasList: boolean): string[] {
  const out = parsed.compilerOptions?.outDir;
  return out && !hasList ? [`${out}/**`] : ["dist/**"];
}

/** `src` means everything below `src`, as it does for TypeScript; patterns may lead out of the folder. */
function expandFolder(pattern: string): string[] {
  const clean = pattern.replace(/^\.\//, "").replace(/\/$/, "");
  if (clean === "" || clean === ".") return ["**/*"];
  if (/[*?]/.test(path.posix.basename(clean)) || /\.[a-z]+$/i.test(clean)) return [clean];
  return [clean, `${clean}/**/*`];
}

function codeOnly(pattern: string, javascript: boolean): string {
  const extensions = javascript ? "ts,tsx,mts,cts,js,jsx,mjs,cjs" : "ts,tsx,mts,cts";
  return pattern.endsWith("/*") || pattern === "*" ? `${pattern.slice(0, -1)}*.{${extensions}}` : pattern;
}

function add({ root, found }: Listing, file: string, javascript: boolean): void {
  const code = javascript ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
  if (!code.test(file) || /\.d\.[cm]?ts$/.test(file)) return;
  const relative = toPosix(path.relative(root, file));
  if (relative.startsWith("..") || relative.includes("node_modules/") || !existsSync(file)) return;
  // A link to a file that is listed under its own name is the same file.
  if (lstatSync(file).isSymbolicLink() && realpathSync(file).startsWith(root)) return;
  found.add(relative);
}
