import type { CheckReport } from "../model/index.ts";
import { CHECK_REPORTERS } from "../report/check/reporters.ts";
import { emitReports } from "./emit.ts";
import { parseReporters, type ReporterTarget } from "./options.ts";
import { paintForReport } from "./streams.ts";

/** Where the reports of `check` go; in GitHub Actions to the lines of the pull request too, where nothing was chosen. */
export function checkTargets(values: readonly string[], env: NodeJS.ProcessEnv): ReporterTarget[] {
  const targets = parseReporters(values, Object.keys(CHECK_REPORTERS), true);
  return values.length === 0 && env.GITHUB_ACTIONS === "true" ? [...targets, { name: "github" }] : targets;
}

export interface CheckReportOptions {
  /** Absolute path of the analysed root. */
  readonly root: string;
  readonly mentionOwners: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** Sends every report of a check where it was asked to go, and the summary of a step of GitHub Actions. */
export async function emitCheckReports(
  report: CheckReport,
  targets: readonly ReporterTarget[],
  { root, mentionOwners, env }: CheckReportOptions,
): Promise<void> {
  const isFromTop = targets.some(({ name }) => CHECK_REPORTERS[name]?.fromTop);
  const rebased = isFromTop ? await fromTop(report, root) : report;
  await emitReports(targets, root, async (name, target) => {
    const entry = Object.hasOwn(CHECK_REPORTERS, name) ? CHECK_REPORTERS[name] : undefined;
    if (!entry) {
      const { runOwnReporter } = await import("./load-reporter.ts");
      return runOwnReporter(name, root, report);
    }
    const render = await entry.load();
    return render(entry.fromTop ? rebased : report, { paint: paintForReport(target), mentionOwners });
  });
  const summary = env.GITHUB_STEP_SUMMARY;
  if (summary && targets.some(({ name }) => name === "github")) await appendSummary(rebased, summary);
}

/** The report with paths from the top of the repository; as it is where there is none. */
async function fromTop(report: CheckReport, root: string): Promise<CheckReport> {
  const [{ findPrefix }, { rebase }] = await Promise.all([
    import("../apply/git.ts"),
    import("../report/check/rebase.ts"),
  ]);
  return rebase(report, findPrefix(root));
}

async function appendSummary(report: CheckReport, file: string): Promise<void> {
  const [{ appendToFile, sizeOfFile }, { githubSummary, SUMMARY_BYTES }] = await Promise.all([
    import("../apply/write.ts"),
    import("../report/check/github-summary.ts"),
  ]);
  await appendToFile(file, githubSummary(report, SUMMARY_BYTES - (await sizeOfFile(file))));
}
