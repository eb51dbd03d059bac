import { countVerdicts } from "../baseline/tally.ts";
import { classify, unmatchedOverrides } from "../classify/classify.ts";
import { influentialLeaves } from "../classify/influential-leaves.ts";
import { listSourceFiles, type SourceFiles } from "../config/source-files.ts";
import type { ResolveSpecifier } from "../link/create-world.ts";
import { link } from "../link/link.ts";
import {
  type AnalysisResult,
  type CallGraph,
  type ClassifiedCall,
  type Config,
  type Diagnostic,
  diagnostic,
  type FileFacts,
  type Summary,
  UserError,
} from "../model/index.ts";
import type { Boundary } from "../modules/boundary.ts";
import { findModules } from "../modules/find-modules.ts";
import { settleKinds } from "../modules/settle-kinds.ts";
import { readSignals } from "../modules/signals.ts";
import { findCrossModuleCalls } from "../summarize/cross-module-calls.ts";
import { readBoundaries } from "./boundaries.ts";
import { readOwners } from "./code-owners.ts";
import { detectStack } from "./detect-stack.ts";
import { endOf } from "./end-of.ts";
import { hasDependencies } from "./has-dependencies.ts";
import { type Opened, openResolver } from "./open-resolver.ts";
import { type ReadFiles, readFiles } from "./read-files.ts";
import { settleResidue } from "./settle-residue.ts";
import { DOCS, VERSION } from "./version.ts";

export interface AnalyzeOptions {
  onProgress?(done: number, total: number): void;
}

/** A whole analysis with what later stages build on. */
export interface Analyzed {
  readonly result: AnalysisResult;
  readonly graph: CallGraph;
  readonly moduleOf: (file: string) => string | null;
  readonly resolve: ResolveSpecifier;
  /** Manifests around the files. */
  readonly boundaries: readonly Boundary[];
  readonly read: ReadFiles;
}

/** Finds the cross-module calls of a repository and says of each what it is. */
export async function analyze(config: Config, options: AnalyzeOptions = {}): Promise<AnalysisResult> {
  return (await analyzeWithGraph(config, options)).result;
}

export async function analyzeWithGraph(config: Config, options: AnalyzeOptions = {}): Promise<Analyzed> {
  const started = performance.now();
  endOf("start-up");
  const source = await listSourceFiles(config);
  endOf("list");
  return analyzeFiles(config, source, await openResolver(config, source), { ...options, started });
}

/** The same for files that are listed already, and a resolver of them. */
export async function analyzeFiles(
  config: Config,
  source: SourceFiles,
  opened: Opened,
  { onProgress, started = performance.now() }: AnalyzeOptions & { readonly started?: number } = {},
): Promise<Analyzed> {
  const read = await readFiles(config, source, onProgress, opened);
  endOf("extract");
  const linked = link(read.facts, read.resolve);
  endOf("link");
  const boundaries = await readBoundaries(
    config.root,
    read.facts.map((file) => file.path),
    read.workspaces,
  );
  const found = findModules(
    ownFiles(config, source.files, read, boundaries),
    config,
    await readOwners(config.root),
    boundaries,
  );
  if (found.modules.length === 0) throw noModules(config);
  endOf("modules");
  const { graph, checkerMs, ...settled } = await settleResidue(config, read, linked, found.moduleOf);
  endOf("residue");
  const { calls, unresolved, idleLeaves } = findCrossModuleCalls(graph, found.moduleOf, config.leaves);
  endOf("summarize");
  const classified = classify(calls, config.overrides);
  const signals = readSignals(graph, classified, found.moduleOf, read.resolve);
  const modules = settleKinds(found.modules, signals, config, boundaries);
  endOf("classify");
  const diagnostics = [
    ...source.diagnostics,
    ...read.diagnostics,
    ...found.diagnostics,
    ...settled.diagnostics,
    ...remarks(config, graph, classified),
    ...idleLeaves.map(({ match }) => diagnostic("SC1012", `no function is the declared leaf ${match}`)),
    ...unhandled(classified),
  ];
  const result: AnalysisResult = {
    version: 1,
    tool: { name: "seamcut", version: VERSION, ...(DOCS !== undefined && { docs: DOCS }) },
    stack: await detectStack(config),
    modules,
    calls: classified,
    unresolved,
    leaves: influentialLeaves(classified, found.moduleOf),
    diagnostics,
    summary: {
      ...summarize(modules.length, classified),
      files: source.files.length,
      unresolved: unresolved.length,
      durationMs: Math.round(performance.now() - started),
      ...(checkerMs !== undefined && { checkerMs }),
    },
  };
  return { result, graph, moduleOf: found.moduleOf, resolve: read.resolve, read, boundaries };
}

/**
 * The files that may make a module. Imports lead beyond the listed ones; what they lead to counts where the user named
 * the modules, or where it is a package of its own.
 */
function ownFiles(
  config: Config,
  listed: readonly string[],
  read: ReadFiles,
  boundaries: readonly Boundary[],
): readonly FileFacts[] {
  if (config.modules.length > 0) return read.facts;
  const known = new Set(listed);
  return read.facts.filter(({ path }) => known.has(path) || boundaries.some(({ root }) => path.startsWith(`${root}/`)));
}

function noModules(config: Config): UserError {
  const asked = config.modules.length > 0 ? ` by ${config.modules.join(", ")}` : "";
  return new UserError("SC2006", `no module found${asked}`, [
    'name the folders that are modules   seamcut scan --modules "src/*"',
  ]);
}

function summarize(modules: number, calls: readonly ClassifiedCall[]): Omit<Summary, "files" | "unresolved"> {
  const edges = new Set(calls.map((call) => `${call.from}\0${call.to}`));
  return { modules, calls: calls.length, edges: edges.size, byVerdict: countVerdicts(calls) };
}

function remarks(config: Config, graph: CallGraph, calls: readonly ClassifiedCall[]): Diagnostic[] {
  const broken = graph.brokenImports.map(({ file, specifier, at }) => {
    const facts = graph.files.find((candidate) => candidate.path === file);
    const line = (facts?.lineStarts.findLastIndex((start) => start <= at) ?? 0) + 1;
    const position = { line, column: at - (facts?.lineStarts[line - 1] ?? 0) + 1 };
    return diagnostic("SC1002", `${file} imports ${specifier}, which is not there`, {
      file,
      start: position,
      end: position,
    });
  });
  const none = calls.length === 0 ? [diagnostic("SC1006", "no module calls another one directly")] : [];
  const idle = unmatchedOverrides(calls, config.overrides).map(({ match }) =>
    diagnostic("SC1012", `no call matches the override ${match}`),
  );
  return [
    ...broken,
    ...idle,
    ...none,
    ...(hasDependencies(config.root)
      ? []
      : [diagnostic("SC1008", "no node_modules found: types of libraries are told from the code alone")]),
  ];
}

function unhandled(calls: readonly ClassifiedCall[]): Diagnostic[] {
  return calls
    .filter((call) => call.reasons.some((reason) => reason.code === "unhandled-rejection"))
    .map((call) =>
      diagnostic("SC1020", `nobody waits for ${call.callee.symbol} or handles its failure`, call.location),
    );
}
