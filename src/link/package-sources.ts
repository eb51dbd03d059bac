import { readFileSync } from "node:fs";
import path from "node:path";

/** What a `package.json` says about its own code. */
export interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly source?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
  readonly types?: unknown;
  readonly typings?: unknown;
}

/** Packages of own code, by their folder relative to the root. */
export interface Packages {
  manifest(folder: string): Manifest | null;
  /** The folder of the package that a file's folder belongs to; null outside every package. */
  around(folder: string): string | null;
}

export function createPackages(root: string): Packages {
  const manifests = new Map<string, Manifest | null>();
  const manifest = (folder: string) => {
    const known = manifests.get(folder);
    if (known !== undefined) return known;
    const read = readManifest(path.join(root, folder, "package.json"));
    manifests.set(folder, read);
    return read;
  };
  return {
    manifest,
    around(folder) {
      for (let current = folder; ; current = path.posix.dirname(current)) {
        if (manifest(current)) return current;
        if (current === "." || current.startsWith("..")) return null;
      }
    },
  };
}

function readManifest(file: string): Manifest | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof manifest === "object" && manifest !== null ? manifest : null;
  } catch {
    // None, or none that could be read: then it says nothing about its code, and paths alone have to do.
    return null;
  }
}

/** Paths inside a package that may hold the source of `./`, `./stock`, `#stock`; the likeliest first. */
export function sourcePaths(manifest: Manifest | null, entry: string): readonly string[] {
  const targets = declaredTargets(manifest, entry);
  const plain = entry.startsWith("#") ? [] : [entry === "." ? "index" : entry];
  return [...targets, ...plain].flatMap(unbuilt);
}

function declaredTargets(manifest: Manifest | null, entry: string): readonly string[] {
  if (!manifest) return [];
  if (entry.startsWith("#")) return mapped(manifest.imports, entry);
  const fromExports = mapped(manifest.exports, entry);
  if (entry !== ".") return fromExports;
  const { source, module, main, types, typings } = manifest;
  return [source, ...fromExports, module, main, types, typings].filter((target) => typeof target === "string");
}

/** The targets of a conditions map for an entry; `*` stands for the same on both sides. */
function mapped(map: unknown, entry: string): string[] {
  if (entry === "." && !hasEntries(map)) return leaves(map);
  if (!hasEntries(map)) return [];
  const exact = map[entry];
  if (exact !== undefined) return leaves(exact);
  for (const [pattern, targets] of Object.entries(map)) {
    const [start, end] = pattern.split("*");
    if (start === undefined || end === undefined) continue;
    if (!entry.startsWith(start) || !entry.endsWith(end) || entry.length < start.length + end.length) continue;
    const rest = entry.slice(start.length, entry.length - end.length);
    return leaves(targets).map((target) => target.replace("*", rest));
  }
  return [];
}

function hasEntries(map: unknown): map is Readonly<Record<string, unknown>> {
  return typeof map === "object" && map !== null && Object.keys(map).some((key) => /^[.#]/.test(key));
}

function leaves(targets: unknown): string[] {
  if (typeof targets === "string") return [targets];
  return typeof targets === "object" && targets !== null ? Object.values(targets).flatMap(leaves) : [];
}

/** How deep build output is nested before the part that looks like the source: `dist/esm/lib/…`. */
const OUTPUT_FOLDERS = 3;

/** `dist/orders/index.js` is built from `src/orders/index`, or from `orders/index`. */
function unbuilt(target: string): string[] {
  const parts = target
    .replace(/^\.\//, "")
    .replace(/(\.d)?\.[cm]?[jt]sx?$/, "")
    .split("/");
  const shorter = parts.slice(0, -1).map((_, index) => parts.slice(index + 1));
  const tails = [...shorter.slice(0, OUTPUT_FOLDERS), parts].map((tail) => tail.join("/"));
  return [...tails.map((tail) => `src/${tail}`), ...tails];
}
