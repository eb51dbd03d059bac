import { fileHistory } from "../apply/file-history.ts";
import { openRepository } from "../apply/git.ts";
import { historyOf } from "../baseline/history.ts";
import { isExpired, keptBy } from "../baseline/keep.ts";
import { byEdge, byModule, byOwner, countVerdicts } from "../baseline/tally.ts";
import { type ClassifiedCall, type Config, compareText, type History, type Status } from "../model/index.ts";
import { planMigration } from "../plan/plan-migration.ts";
import { type AnalyzeOptions, analyzeWithGraph } from "./analyze.ts";
import { readBaseline } from "./baseline-file.ts";
import { findSeams } from "./stages.ts";

export interface StatusOptions extends AnalyzeOptions {
  /** How many days of the baseline's past to read from git; none when absent. */
  readonly historyDays?: number;
  /** Only calls of modules that these owners have. */
  readonly owners?: readonly string[];
  /** Today, `YYYY-MM-DD`. */
  readonly today?: string;
}

/** Where a repository stands: what is left, what is on its way, what is kept, and how that changed. */
export async function status(config: Config, options: StatusOptions = {}): Promise<Status> {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  // Before the analysis: a folder without git is known at once.
  const history = options.historyDays === undefined ? undefined : await readHistory(config, options.historyDays, today);
  const analyzed = await analyzeWithGraph(config, options);
  const { result } = analyzed;
  const baseline = await readBaseline(config);
  const owned = ownedModules(result.modules, options.owners ?? []);
  const calls = result.calls.filter((call) => owned.has(call.from));
  const kept = calls.flatMap((call) => {
    const entry = keptBy(call, config.keep);
    if (!entry || isExpired(entry, today)) return [];
    return [{ id: call.id, reason: entry.reason, ...(entry.until !== undefined && { until: entry.until }) }];
  });
  return {
    name: result.stack.name,
    calls: calls.length,
    byVerdict: countVerdicts(calls),
    baseline: { file: config.baseline, exists: baseline !== null, calls: baseline?.calls.length ?? 0 },
    seams: (await findSeams(config, analyzed)).filter(({ from }) => owned.has(from)),
    kept,
    refused: refused(planMigration(result).blocked, calls),
    byModule: byModule(calls),
    byEdge: byEdge(calls),
    byOwner: byOwner(calls, result.modules),
    ...(history && { history }),
  };
}

function ownedModules(
  modules: readonly { readonly id: string; readonly owners: readonly string[] }[],
  owners: readonly string[],
): ReadonlySet<string> {
  const isOwned = (of: readonly string[]) => owners.length === 0 || of.some((owner) => owners.includes(owner));
  return new Set(modules.filter((module) => isOwned(module.owners)).map((module) => module.id));
}

function refused(
  blocked: readonly { readonly call: string; readonly code: string }[],
  calls: readonly ClassifiedCall[],
): Status["refused"] {
  const ids = new Set(calls.map((call) => call.id));
  const counts = new Map<string, number>();
  for (const { call, code } of blocked) {
    // That a query is no event is said by the verdicts already.
    if (code === "verdict-not-event" || !ids.has(call)) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || compareText(a.code, b.code));
}

async function readHistory(config: Config, days: number, today: string): Promise<History> {
  const since = new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  const { versions, shallow } = await fileHistory(await openRepository(config.root), config.baseline, since);
  return { since, ...historyOf(versions, config.baseline), shallow };
}
