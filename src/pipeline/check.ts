import { openRepository } from "../apply/git.ts";
import { changedSince } from "../apply/since.ts";
import { findFindings } from "../baseline/findings.ts";
import { idleKeeps } from "../baseline/keep.ts";
import {
  type Baseline,
  type CheckReport,
  type Config,
  type Diagnostic,
  diagnostic,
  type Finding,
  type FindingSeverity,
} from "../model/index.ts";
import { readBaseline } from "./baseline-file.ts";
import { analyzeOrRecall, type Recalled, type RecallOptions } from "./recall.ts";

export const POLICIES = ["error", "warn", "off"] as const;
export type Policy = (typeof POLICIES)[number];

export interface CheckOptions extends RecallOptions {
  /** Reports only what changed since the code left this ref; the whole is analysed all the same. */
  readonly since?: string;
  /** What a known call that is gone means: an error, or a warning on a branch whose base has moved on. */
  readonly stale?: Policy;
  /** What a new call that could not be told means; a warning unless said otherwise. */
  readonly unresolved?: Policy;
  /** New calls that are let through; 0 unless said otherwise. */
  readonly maxNew?: number;
  /** Only findings of modules that these owners have. */
  readonly owners?: readonly string[];
  /** Exit code 0 whatever is found. */
  readonly noExitCode?: boolean;
  /** Today, `YYYY-MM-DD`: entries of `keep` may have expired. */
  readonly today?: string;
}

/** Compares the code with the accepted calls: coupling may shrink, and must not grow. */
export async function check(config: Config, options: CheckOptions = {}): Promise<CheckReport> {
  // Before the analysis: a commit that is not there is known at once.
  const since =
    options.since === undefined ? null : await changedSince(await openRepository(config.root), options.since);
  const analyzed = await analyzeOrRecall(config, options);
  const baseline = await readBaseline(config);
  const { result } = analyzed;
  const all = findFindings(result, baseline, {
    keep: config.keep,
    kinds: config.kinds,
    severities: config.severities,
    stale: severityOf(options.stale ?? (since?.movedOn ? "warn" : "error")),
    unresolved: severityOf(options.unresolved ?? "warn"),
    today: options.today ?? new Date().toISOString().slice(0, 10),
    symbols: analyzed.symbols,
    changed: since?.files ?? null,
  });
  const owners = options.owners ?? [];
  const findings = ownedBy(all, owners);
  return {
    result: { ...result, diagnostics: [...result.diagnostics, ...drift(all), ...idle(config, analyzed)] },
    baseline: { file: config.baseline, exists: baseline !== null, calls: baseline?.calls.length ?? 0 },
    ...(since && options.since !== undefined && { since: { ref: options.since, commit: since.commit } }),
    ...(owners.length > 0 && { owners }),
    findings,
    known: known(analyzed, baseline),
    exitCode: !options.noExitCode && fails(findings, options.maxNew ?? 0) ? 1 : 0,
  };
}

function severityOf(policy: Policy): FindingSeverity | "off" {
  return policy === "warn" ? "warning" : policy;
}

function ownedBy(findings: readonly Finding[], owners: readonly string[]): readonly Finding[] {
  if (owners.length === 0) return findings;
  return findings.filter((finding) => finding.owners.some((owner) => owners.includes(owner)));
}

function known({ result }: Recalled, baseline: Baseline | null): string[] {
  const accepted = new Set(baseline?.calls ?? []);
  return result.calls
    .map((call) => call.id)
    .filter((id) => accepted.has(id))
    .sort();
}

function fails(findings: readonly Finding[], maxNew: number): boolean {
  const errors = findings.filter((finding) => finding.severity === "error");
  const added = errors.filter((finding) => finding.kind === "new");
  return added.length > maxNew || errors.length > added.length;
}

function drift(findings: readonly Finding[]): Diagnostic[] {
  return findings.flatMap(({ code, message }) => (code === undefined ? [] : [diagnostic(code, message)]));
}

function idle({ keep }: Config, { result }: Recalled): Diagnostic[] {
  return idleKeeps(result.calls, keep).map(({ match }) =>
    diagnostic("SC1012", `no call is kept by the entry ${match}`),
  );
}
