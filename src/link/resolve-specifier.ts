import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { ResolverFactory } from "oxc-resolver";
import type { ResolveSpecifier } from "./create-world.ts";
import { isFile } from "./is-file.ts";
import { createPackages, type Packages, sourcePaths } from "./package-sources.ts";

export interface ResolverOptions {
  /** Absolute path. */
  readonly root: string;
  /** Relative to the root; null for none. */
  readonly tsconfig: string | null;
  /** Paths relative to the root. */
  readonly files: readonly string[];
  /** Names that stand for own code; a resolver reads them from the tsconfig itself where that is complete. */
  readonly aliases?: { readonly paths: Readonly<Record<string, readonly string[]>>; readonly complete: boolean };
  /** Folder of each workspace package, by package name: their source counts, whether or not anything is built. */
  readonly workspaces?: Readonly<Record<string, string>>;
  /** Whether JavaScript is own code too (`allowJs`). */
  readonly javascript?: boolean;
}

const SUFFIXES = [
  "",
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  "/index.ts",
  "/index.tsx",
  "/index.mts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  "/index.js",
];

const HOW_TO_RESOLVE = {
  extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".json"],
  extensionAlias: { ".js": [".ts", ".tsx", ".js"], ".mjs": [".mts", ".mjs"], ".cjs": [".cts", ".cjs"] },
  conditionNames: ["types", "import", "require", "node", "default"],
  mainFields: ["types", "main"],
};

/**
 * Resolves as TypeScript would: relative paths, `.js` that means `.ts`, tsconfig paths, package exports and imports.
 * Own code outside the listed files is found as well: a tsconfig lists entry points, and imports lead on from there.
 */
export function createSpecifierResolver(options: ResolverOptions): ResolveSpecifier {
  const known = new Set(options.files);
  const root = realpathSync(options.root);
  const aliases = options.aliases ?? { paths: {}, complete: true };
  const alias = Object.fromEntries(Object.entries(aliases.paths).map(([pattern, targets]) => [pattern, [...targets]]));
  const configFile = options.tsconfig === null ? null : path.join(root, options.tsconfig);
  const resolver = new ResolverFactory({
    ...(configFile && aliases.complete ? { tsconfig: { configFile, references: "auto" } } : { alias }),
    ...HOW_TO_RESOLVE,
  });
  const isAlias = aliasTest(Object.keys(aliases.paths));
  const answers = new Map<string, string | null | undefined>();
  const nearest = createNearest(root, configFile);
  const manifests = createPackages(root);
  const isOwnCode = ownCodeTest(options.javascript === true);
  const inside = (base: string) =>
    findFile(known, base) ?? (isListable(base) ? findOnDisk(root, base, isOwnCode) : null);
  const ownFile = (found: string | undefined): string | null => {
    const file = found === undefined ? null : toPosix(path.relative(root, found));
    return file !== null && isOwnCode(file) ? (findFile(known, file) ?? file) : null;
  };
  const external = (fromFile: string, specifier: string): string | null | undefined => {
    // Bare names mean the same in every file of a folder tree with one tsconfig; a repository's folders rarely differ.
    const folder = path.posix.dirname(fromFile);
    const key = `${folder}\0${specifier}`;
    if (answers.has(key)) return answers.get(key);
    const found = resolver.sync(path.join(root, folder), specifier).path;
    const file =
      ownFile(found) ??
      (found === undefined ? ownFile(nearest(fromFile, specifier)) : null) ??
      packageSource(manifests, options.workspaces, folder, specifier, inside);
    const answer = file === null && found === undefined && isAlias(specifier) ? undefined : file;
    answers.set(key, answer);
    return answer;
  };

  return (fromFile, specifier) => {
    if (!specifier.startsWith(".")) return specifier.startsWith("node:") ? null : external(fromFile, specifier);
    const target = withoutSlash(path.posix.join(path.posix.dirname(fromFile), specifier));
    const own = findFile(known, target);
    if (own !== null) return own;
    const unlisted = findOnDisk(root, target, () => true);
    if (unlisted !== null) return isOwnCode(unlisted) ? unlisted : null;
    // On disk, and no code to read (JSON, declarations): as opaque as a library.
    const exists = existsSync(path.join(root, target)) || isResolvable(resolver, root, fromFile, specifier);
    return exists ? null : undefined;
  };
}

/** `import "./"` and `import ".."` mean a folder's index, which has one path only. */
function withoutSlash(folder: string): string {
  return folder === "." || folder === "./" ? "index" : folder.replace(/\/$/, "");
}

/** Whether a bare name is an alias of own code by the tsconfig's `paths`: then it cannot be a library's. */
function aliasTest(patterns: readonly string[]): (specifier: string) => boolean {
  return (specifier) =>
    patterns.some((pattern) => {
      const [start = "", end] = pattern.split("*");
      return end === undefined ? specifier === start : specifier.startsWith(start) && specifier.endsWith(end);
    });
}

function isResolvable(resolver: ResolverFactory, root: string, fromFile: string, specifier: string): boolean {
  return resolver.sync(path.join(root, path.posix.dirname(fromFile)), specifier).path !== undefined;
}

function ownCodeTest(javascript: boolean): (file: string) => boolean {
  const code = javascript ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
  return (file) =>
    !file.startsWith("..") && !file.includes("node_modules/") && code.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

function isListable(base: string): boolean {
  return !base.startsWith("..") && !base.includes("node_modules/");
}

function findOnDisk(root: string, base: string, fits: (file: string) => boolean): string | null {
  const typed = base.replace(/\.([mc]?)js(x?)$/, ".$1ts$2");
  for (const candidate of [...SUFFIXES.map((suffix) => base + suffix), typed, `${typed}x`]) {
    if (fits(candidate) && isFile(path.join(root, candidate))) return candidate;
  }
  return null;
}

/** The analysed file that a path without its real extension means. */
function findFile(known: ReadonlySet<string>, base: string): string | null {
  for (const suffix of SUFFIXES) if (known.has(base + suffix)) return base + suffix;
  const typed = base.replace(/\.([mc]?)js(x?)$/, ".$1ts$2");
  if (typed === base) return null;
  if (known.has(typed)) return typed;
  return known.has(`${typed}x`) ? `${typed}x` : null;
}

/**
 * What a name means to the tsconfig beside the importing file, where that is another one than the one analysed: a
 * repository may have several, each with paths of its own.
 */
function createNearest(root: string, configFile: string | null) {
  let resolver: ResolverFactory | undefined;
  const configs = new Map<string, string | null>();
  const configOf = (folder: string): string | null => {
    const known = configs.get(folder);
    if (known !== undefined) return known;
    const file = path.join(root, folder, "tsconfig.json");
    const found = existsSync(file) ? file : folder === "." ? null : configOf(path.posix.dirname(folder));
    configs.set(folder, found);
    return found;
  };
  return (fromFile: string, specifier: string): string | undefined => {
    const config = configOf(path.posix.dirname(fromFile));
    if (config === null || config === configFile) return undefined;
    resolver ??= new ResolverFactory({ ...HOW_TO_RESOLVE, tsconfig: "auto" });
    return resolver.resolveFileSync(path.join(root, fromFile), specifier).path;
  };
}

/** The source behind a name that a package gives to its own code: of the workspace, of itself, or `#private`. */
function packageSource(
  packages: Packages,
  workspaces: ResolverOptions["workspaces"],
  folder: string,
  specifier: string,
  find: (base: string) => string | null,
): string | null {
  const own = packages.around(folder);
  const [home, entry] = specifier.startsWith("#")
    ? [own, specifier]
    : homeOf(workspaces, specifier, (name) =>
        own !== null && packages.manifest(own)?.name === name ? own : undefined,
      );
  if (home === null || home === undefined) return null;
  for (const inside of sourcePaths(packages.manifest(home), entry)) {
    const found = find(path.posix.join(home, inside));
    if (found !== null) return found;
  }
  return null;
}

/** The folder of the package that a bare name starts with, and what it asks of it: `.` or `./stock`. */
function homeOf(
  workspaces: ResolverOptions["workspaces"],
  specifier: string,
  itself: (name: string) => string | undefined,
): readonly [string | undefined, string] {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  const name = parts.slice(0, length).join("/");
  const inside = parts.slice(length).join("/");
  const folder = workspaces && Object.hasOwn(workspaces, name) ? workspaces[name] : itself(name);
  return [folder, inside === "" ? "." : `./${inside}`];
}

function toPosix(file: string): string {
  return path.sep === "/" ? file : file.split(path.sep).join("/");
}
