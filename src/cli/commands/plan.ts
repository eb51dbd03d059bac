import type { Command } from "commander";
import { emitReports } from "../emit.ts";
import { cacheOption, collect, globalOptions, parseReporters, showDiagnostics } from "../options.ts";
import { paintForReport, showProgress } from "../streams.ts";

export function planCommand(program: Command): void {
  program
    .command("plan")
    .description("which edges to cut first, and what blocks the others")
    .option("--reporter <name[=file]>", "text or json; repeatable", collect, [])
    .addHelpText("after", "\nExample:\n  seamcut plan --reporter json")
    .action(async (options: { reporter: string[] }, command: Command) => {
      const targets = parseReporters(options.reporter, ["text", "json"]);
      const [{ loadConfig }, { scan }, { planMigration }, { planText }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/scan.ts"),
        import("../../plan/plan-migration.ts"),
        import("../../report/plan-text.ts"),
      ]);
      const global = globalOptions(command);
      const config = await loadConfig(global);
      const progress = showProgress();
      const scanning = { ...progress, ...(await cacheOption(global, config.root)) };
      const result = await scan(config, scanning).finally(() => progress.clear());
      showDiagnostics(result.diagnostics);
      const plan = planMigration(result);
      await emitReports(targets, config.root, (name, target) =>
        name === "json"
          ? `${JSON.stringify({ version: 1, ...plan }, null, 2)}\n`
          : planText(plan, paintForReport(target)),
      );
    });
}
