import { readFileSync } from "node:fs";
import path from "node:path";
import { readCacheFile, writeCacheFile } from "../apply/cache-file.ts";
import { listSourceFiles, type SourceFiles } from "../config/source-files.ts";
import { PARSER_VERSION } from "../extract/parser-version.ts";
import type { ResolveSpecifier } from "../link/create-world.ts";
import { type AnalysisResult, type Config, type Diagnostic, diagnostic, UserError } from "../model/index.ts";
import type { Analyzed, AnalyzeOptions } from "./analyze.ts";
import { readBoundaries } from "./boundaries.ts";
import { readOwnersFile } from "./code-owners.ts";
import { detectStack } from "./detect-stack.ts";
import { endOf } from "./end-of.ts";
import { hasDependencies } from "./has-dependencies.ts";
import { hashOf } from "./hash-of.ts";
import { type Opened, openResolver } from "./open-resolver.ts";
import { buildId, VERSION } from "./version.ts";

export interface RecallOptions extends AnalyzeOptions {
  /** Folder in which results are kept between runs; where it is left out, nothing is kept and nothing recalled. */
  readonly cache?: string;
}

export interface Recalled {
  readonly result: AnalysisResult;
  /** `module:Symbol` of everything that is declared. */
  readonly symbols: ReadonlySet<string>;
}

/**
 * An analysis, or what an earlier one has found where each of the things that it went by is the same now: the build of
 * seamcut, the configuration, the list of files, their texts, the owners, the manifests around them, and where every import that was followed leads.
 * Those are asked for anew and compared, so nothing has to be guessed from dates or lockfiles; and what is left is not
 * loaded at all. The checker goes by all of `node_modules`: a run that has asked it is not kept.
 */
export async function analyzeOrRecall(config: Config, { cache, ...options }: RecallOptions = {}): Promise<Recalled> {
  if (cache === undefined) return found(await (await import("./analyze.ts")).analyzeWithGraph(config, options));
  const started = performance.now();
  endOf("start-up");
  const source = await listSourceFiles(config);
  const file = path.join(cache, `${nameOf(config, cache)}.txt`);
  const key = await keyOf(config, source);
  const opened = await openResolver(config, source);
  endOf("list");
  const kept = await recall(file, key, config.root, opened);
  endOf("recall");
  if (kept) return revive(config, source, kept, started);
  const asked = new Map<string, Answers>();
  const { analyzeFiles } = await import("./analyze.ts");
  const analyzed = await analyzeFiles(
    config,
    source,
    { ...opened, resolve: noting(asked, opened.resolve) },
    { ...options, started },
  );
  const recalled = await found(analyzed);
  if (!isComplete(analyzed)) return recalled;
  const remarks = await keep(file, key, [inputs(analyzed, asked), analyzed.boundaries, outcome(recalled, source)]);
  endOf("keep");
  const { result } = recalled;
  return { ...recalled, result: { ...result, diagnostics: [...result.diagnostics, ...remarks] } };
}

async function found({ result, graph, moduleOf }: Analyzed): Promise<Recalled> {
  const { declaredSymbols } = await import("../summarize/declared-symbols.ts");
  return { result, symbols: declaredSymbols(graph, moduleOf) };
}

/** One file for each way in which a repository is analysed: they do not push each other out. */
function nameOf({ root, tsconfig, files, modules }: Config, cache: string): string {
  return hashOf(JSON.stringify([path.relative(cache, root), tsconfig, files, modules]));
}

async function keyOf(config: Config, source: SourceFiles): Promise<string> {
  const tool = [buildId(), PARSER_VERSION];
  const owners = await readOwnersFile(config.root);
  // The root may be another one on the next machine: nothing in a result goes by it.
  return hashOf(JSON.stringify([tool, { ...config, root: "" }, source.files, owners, hasDependencies(config.root)]));
}

/** By specifier, in one file: where it leads. */
type Answers = Map<string, string | null | undefined>;

/** Notes what is asked of a resolver, and its answer. */
function noting(asked: Map<string, Answers>, resolve: ResolveSpecifier): ResolveSpecifier {
  return (file, specifier) => {
    const answer = resolve(file, specifier);
    const known = asked.get(file);
    if (known) known.set(specifier, answer);
    else asked.set(file, new Map([[specifier, answer]]));
    return answer;
  };
}

/** A file that was read: its path, the hash of its text, and where its imports lead; `false` for nowhere. */
type Input = readonly [string, string, readonly (readonly [string, string | null | false])[]];

function inputs({ read }: Analyzed, asked: ReadonlyMap<string, Answers>): readonly Input[] {
  return [...read.hashes].map(([file, hash]) => {
    const answers = [...(asked.get(file) ?? [])];
    return [file, hash, answers.map(([specifier, answer]) => [specifier, answer ?? (answer === null ? null : false)])];
  });
}

/** Whether what was found follows from the texts and the answers alone. */
function isComplete({ result, read }: Analyzed): boolean {
  return result.summary.checkerMs === undefined && read.facts.length === read.hashes.size && allRead(read.diagnostics);
}

function allRead(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(({ code }) => code !== "SC1007");
}

/** What of a result is kept: the rest is cheap, or differs between two runs. */
interface Outcome extends Pick<AnalysisResult, "modules" | "calls" | "unresolved" | "leaves" | "diagnostics"> {
  readonly summary: Omit<AnalysisResult["summary"], "durationMs">;
  readonly symbols: readonly string[];
}

function outcome({ result, symbols }: Recalled, source: SourceFiles): Outcome {
  const { modules, calls, unresolved, leaves, diagnostics } = result;
  const { durationMs: _, ...summary } = result.summary;
  const own = diagnostics.slice(source.diagnostics.length);
  return { modules, calls, unresolved, leaves, diagnostics: own, summary, symbols: [...symbols] };
}

async function revive(
  config: Config,
  source: SourceFiles,
  { symbols, ...kept }: Outcome,
  started: number,
): Promise<Recalled> {
  const result: AnalysisResult = {
    version: 1,
    tool: { name: "seamcut", version: VERSION },
    stack: await detectStack(config),
    ...kept,
    diagnostics: [...source.diagnostics, ...kept.diagnostics],
    summary: { ...kept.summary, durationMs: Math.round(performance.now() - started) },
  };
  return { result, symbols: new Set(symbols) };
}

async function recall(file: string, key: string, root: string, opened: Opened): Promise<Outcome | null> {
  const kept = readCacheFile(file);
  if (kept?.key !== key) return null;
  const [inputs = "[]", boundaries = "", found = "null"] = kept.lines;
  const files = JSON.parse(inputs) as Input[];
  const { resolve, workspaces } = opened;
  const isSame = files.every(
    ([path, hash, answers]) =>
      hashOfFile(root, path) === hash &&
      answers.every(([specifier, answer]) => resolve(path, specifier) === (answer === false ? undefined : answer)),
  );
  if (!isSame) return null;
  const now = await readBoundaries(
    root,
    files.map(([path]) => path),
    workspaces,
  );
  return JSON.stringify(now) === boundaries ? (JSON.parse(found) as Outcome | null) : null;
}

function hashOfFile(root: string, file: string): string | null {
  try {
    return hashOf(readFileSync(path.join(root, file), "utf8"));
  } catch {
    return null; // gone, or not to be read: the analysis will say so
  }
}

async function keep(file: string, key: string, parts: readonly unknown[]): Promise<Diagnostic[]> {
  try {
    await writeCacheFile(file, { key, lines: parts.map((part) => JSON.stringify(part)) });
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [diagnostic("SC1016", `nothing is kept for the next run: ${error.message}`)];
  }
}
