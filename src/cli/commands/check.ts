import { type Command, InvalidArgumentError, Option } from "commander";
import type { Policy } from "../../pipeline/check.ts";
import { CHECK_REPORTERS } from "../../report/check/reporters.ts";
import { checkTargets, emitCheckReports } from "../check-reports.ts";
import { cacheOption, collect, globalOptions, showDiagnostics } from "../options.ts";
import { showProgress } from "../streams.ts";

interface CheckFlags {
  readonly reporter: string[];
  readonly since?: string;
  readonly stale?: Policy;
  readonly unresolved?: Policy;
  readonly maxNew?: number;
  readonly owner: string[];
  readonly mentionOwners?: boolean;
  readonly exitCode: boolean;
}

const NAMES = Object.keys(CHECK_REPORTERS).join(", ");
const POLICIES = ["error", "warn", "off"];

export function checkCommand(program: Command): void {
  program
    .command("check")
    .description("compare with the baseline: exit 1 when a call is new or a known one is gone")
    .option("--since <ref>", "report only what changed since the code left this branch or commit")
    .addOption(
      new Option(
        "--stale <policy>",
        "what a known call that is gone means (default: error, or warn where the base of --since has moved on)",
      ).choices(POLICIES),
    )
    .addOption(
      new Option("--unresolved <policy>", "what a new call that could not be told means (default: warn)").choices(
        POLICIES,
      ),
    )
    .option("--max-new <count>", "let so many new calls through", wholeNumber)
    .option("--owner <name>", "only what concerns modules of this owner; repeatable", collect, [])
    .option("--no-exit-code", "exit 0 whatever is found")
    .option("--reporter <name[=file]>", `${NAMES}, or a module of your own; repeatable`, collect, [])
    .option("--mention-owners", "let the Markdown report notify the owners that it names")
    .addHelpText(
      "after",
      "\nExample:\n  seamcut check --since origin/main --reporter text --reporter sarif=seamcut.sarif",
    )
    .action(async (options: CheckFlags, command: Command) => {
      const targets = checkTargets(options.reporter, process.env);
      const [{ loadConfig }, { check }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/check.ts"),
      ]);
      const global = globalOptions(command);
      const config = await loadConfig(global);
      const progress = showProgress();
      const { since, stale, unresolved, maxNew, mentionOwners = false } = options;
      const report = await check(config, {
        ...progress,
        ...(await cacheOption(global, config.root)),
        ...(since !== undefined && { since }),
        ...(stale && { stale }),
        ...(unresolved && { unresolved }),
        ...(maxNew !== undefined && { maxNew }),
        owners: options.owner,
        noExitCode: !options.exitCode,
      }).finally(() => progress.clear());
      // Before anything is written: a reader that goes away must not turn findings into a success.
      process.exitCode = report.exitCode;
      showDiagnostics(report.result.diagnostics);
      await emitCheckReports(report, targets, { root: config.root, mentionOwners, env: process.env });
    });
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("a whole number, 0 or more.");
  return Number(value);
}
