import path from "node:path";
import { typeormTransactions } from "../../adapters/orm/typeorm-transactions.ts";
import { readEvent } from "../../codemods/read-event.ts";
import { describeCall } from "../../compiler/describe-call.ts";
import { moduleProviding } from "../../compiler/nest-layout.ts";
import { openProgram, type Program, relativePath } from "../../compiler/program.ts";
import { findSpecCalls } from "../../compiler/spec-calls.ts";
import { designCut } from "../../contracts/design-cut.ts";
import {
  type AcceptableCode,
  type AnalysisResult,
  type Blocked,
  type ClassifiedCall,
  type Config,
  type CutDesign,
  type Module,
  nearest,
  type PlannedCall,
  UserError,
} from "../../model/index.ts";
import { blockedReason } from "../../plan/blocked.ts";
import { blockedBySiblings } from "../../plan/siblings.ts";
import { callersOf } from "../../summarize/callers-of.ts";
import { type Analyzed, analyze, analyzeWithGraph } from "../analyze.ts";
import type { CutContext } from "./context.ts";
import { codeStyle, layoutOf, moduleNamed, requireStack, requireTypes } from "./repository.ts";
import { detectTestStyle, listTests } from "./test-style.ts";

export interface PrepareOptions {
  readonly from: string;
  readonly to: string;
  /** Ids of the calls to cut; all that can be when absent. */
  readonly calls?: readonly string[];
  readonly transaction?: "auto" | "gap";
  readonly event?: string;
  readonly key?: string;
  /** Reasons that the team has looked at and accepts. */
  readonly accept?: readonly AcceptableCode[];
  onProgress?(done: number, total: number): void;
}

export interface Prepared {
  readonly context: CutContext;
  readonly blocked: readonly Blocked[];
  /** Reasons that were accepted, for the pull request's text. */
  readonly accepted: readonly Blocked[];
  readonly analyzed: Analyzed;
}

/** Everything that is known and decided before the first file is changed. */
export async function prepareCut(config: Config, options: PrepareOptions): Promise<Prepared> {
  const analyzed = await analyzeWithGraph(config, options);
  const { result } = analyzed;
  const from = moduleNamed(result, options.from);
  const to = moduleNamed(result, options.to);
  requireStack(result, config);
  const asked = selectCalls(result, from, to, options);
  const accept: ReadonlySet<string> = new Set(options.accept ?? []);
  const accepted: Blocked[] = [];
  const blocked: Blocked[] = [];
  const sort = (found: readonly Blocked[]) => {
    for (const each of found) (accept.has(each.code) ? accepted : blocked).push(each);
  };
  sort(asked.flatMap((call) => blockedReason(call) ?? []));
  const open = (calls: readonly ClassifiedCall[]) =>
    calls.filter((call) => !blocked.some((each) => each.call === call.id));
  sort(blockedBySiblings(open(asked), result.calls));
  const candidates = open(asked);
  if (candidates.length === 0) throw nothingToCut(options, blocked);
  const program = await openProgram(config.root, config.tsconfig, config.files);
  requireTypes(program, typeormTransactions.package);
  for (const test of await listTests(config.root))
    program.project.addSourceFileAtPathIfExists(path.join(config.root, test));
  const planned: PlannedCall[] = [];
  for (const call of candidates) {
    const described = describeCall(program, call, typeormTransactions, { gap: options.transaction === "gap" });
    if ("emit" in described) planned.push(described);
    else sort([described]);
  }
  const { design, blocked: undesigned } = designCut(from, to, planned, {
    ...(options.event !== undefined && { event: options.event }),
    ...(options.key !== undefined && { key: options.key }),
    existing: (file) => readEvent(program.file(file)?.getFullText() ?? ""),
    existingConsumer: (file) => effectsOf(program.file(file)?.getFullText()),
  });
  sort(undesigned);
  if (design.calls.length === 0) throw nothingToCut(options, blocked);
  const layout = layoutOf(program);
  const service = design.calls[0]?.planned.calleeClass ?? "";
  const consumerModule = moduleProviding(program, service, to.root);
  if (!consumerModule) {
    throw new UserError("SC2012", `no NestJS module of ${to.id} provides ${service}`, [
      `list it under "providers" of a module in ${to.root}`,
    ]);
  }
  const reaching = callersOf(
    analyzed.graph,
    design.calls.map(({ planned: { call } }) => call.caller),
  );
  const context: CutContext = {
    config,
    from,
    to,
    design,
    layout,
    consumerModule,
    style: await codeStyle(config, program, layout),
    tests: await detectTestStyle(config.root),
    ...(await rescanBase(config, result, design)),
    fromFiles: analyzed.graph.files.map((file) => file.path).filter((file) => analyzed.moduleOf(file) === from.id),
    builders: buildersOf(
      program,
      design.calls.map(({ planned: { call } }) => call.caller.symbol),
    ),
    resolve: analyzed.resolve,
    keys: keysOf(design),
    specCalls: findSpecCalls(program, reaching, to.root),
  };
  return { context, blocked, accepted, analyzed };
}

/**
 * What a rescan is compared with. Without the checker it takes a fraction of the time; it is asked again only where
 * one of the calls to cut is known from it alone.
 */
async function rescanBase(
  config: Config,
  result: AnalysisResult,
  design: CutDesign,
): Promise<Pick<CutContext, "callIds" | "rescanWithChecker">> {
  const linked = config.checker ? await analyze({ ...config, checker: false }) : result;
  const ids = new Set(linked.calls.map((call) => call.id));
  const rescanWithChecker = !design.calls.every(({ planned }) => ids.has(planned.call.id));
  return { rescanWithChecker, callIds: rescanWithChecker ? new Set(result.calls.map((call) => call.id)) : ids };
}

/** One subscription per event of the cut. */
function keysOf(design: CutDesign): CutContext["keys"] {
  const types = new Set(design.calls.map(({ event }) => event.type));
  return [...types].map((type) => ({ consumer: design.consumer.id, type }));
}

function selectCalls(result: AnalysisResult, from: Module, to: Module, options: PrepareOptions): ClassifiedCall[] {
  const edge = result.calls.filter((call) => call.from === from.id && call.to === to.id);
  for (const id of options.calls ?? []) {
    if (edge.some((call) => call.id === id)) continue;
    const close = nearest(
      id,
      edge.map((call) => call.id),
    );
    throw new UserError("SC2009", `${from.id} → ${to.id} has no call ${id}`, close ? [`did you mean   ${close}`] : []);
  }
  if (edge.length === 0) {
    throw new UserError("SC2010", `${from.id} makes no direct call to ${to.id}`, [
      "which edges there are   seamcut plan",
    ]);
  }
  return options.calls?.length ? edge.filter((call) => options.calls?.includes(call.id)) : edge;
}

function nothingToCut(options: PrepareOptions, blocked: readonly Blocked[]): UserError {
  const reasons = blocked
    .slice(0, 6)
    .flatMap((each) => [`${each.call}`, `  ${each.code}: ${each.message}; ${each.remedy}`]);
  return new UserError("SC2010", `no call from ${options.from} to ${options.to} can be cut now`, reasons);
}

function effectsOf(text: string | undefined): "database" | "external" | null {
  const found = /effects = ["'](database|external)["']/.exec(text ?? "")?.[1];
  return found === "database" || found === "external" ? found : null;
}

function buildersOf(program: Program, symbols: readonly string[]): string[] {
  const classes = new Set(symbols.filter((symbol) => symbol.includes(".")).map((symbol) => symbol.split(".")[0] ?? ""));
  const pattern = new RegExp(`\\bnew (${[...classes].join("|")})\\(`);
  return program.project
    .getSourceFiles()
    .filter((file) => classes.size > 0 && !file.isInNodeModules() && pattern.test(file.getFullText()))
    .map((file) => relativePath(program, file.getFilePath()))
    .sort();
}
