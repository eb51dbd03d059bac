import { type Command, InvalidArgumentError } from "commander";
import { emitReports } from "../emit.ts";
import { collect, globalOptions, parseReporters } from "../options.ts";
import { paintForReport, showProgress } from "../streams.ts";

interface StatusFlags {
  readonly reporter: string[];
  readonly history?: number;
  readonly owner: string[];
}

export function statusCommand(program: Command): void {
  program
    .command("status")
    .description("what is left, what is on its way to events, and how that changed")
    .option("--history <duration>", "how the baseline changed, from git: 90d, 12w, 6m, 1y", duration)
    .option("--owner <name>", "only calls of modules of this owner; repeatable", collect, [])
    .option("--reporter <name[=file]>", "text, json, markdown or sparkline; repeatable", collect, [])
    .addHelpText("after", "\nExample:\n  seamcut status --history 90d --reporter markdown=status.md")
    .action(async (options: StatusFlags, command: Command) => {
      const targets = parseReporters(options.reporter, ["text", "json", "markdown", "sparkline"]);
      const [{ loadConfig }, { status }, { statusText }, { statusMarkdown }, { statusSparkline }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/status.ts"),
        import("../../report/status/text.ts"),
        import("../../report/status/markdown.ts"),
        import("../../report/status/sparkline.ts"),
      ]);
      const config = await loadConfig(globalOptions(command));
      const progress = showProgress();
      const { history } = options;
      const found = await status(config, {
        ...progress,
        owners: options.owner,
        ...(history !== undefined && { historyDays: history }),
      }).finally(() => progress.clear());
      await emitReports(targets, config.root, (name, target) => {
        if (name === "json") return `${JSON.stringify({ version: 1, ...found }, null, 2)}\n`;
        if (name === "markdown") return statusMarkdown(found);
        return name === "sparkline" ? statusSparkline(found) : statusText(found, paintForReport(target));
      });
    });
}

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** Days. */
function duration(value: string): number {
  const [, count = "", unit = ""] = /^([1-9]\d{0,4})([dwmy])$/.exec(value) ?? [];
  const days = DAYS[unit];
  if (days === undefined) throw new InvalidArgumentError("a number and d, w, m or y: 90d.");
  return Number(count) * days;
}
