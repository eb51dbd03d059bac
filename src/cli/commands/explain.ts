import type { Command } from "commander";
import { emitReports } from "../emit.ts";
import { cacheOption, collect, globalOptions, parseReporters, showDiagnostics } from "../options.ts";
import { paintForReport, showProgress } from "../streams.ts";

export function explainCommand(program: Command): void {
  program
    .command("explain")
    .argument("<call>", "call id, callee (module:Symbol) or file:line")
    .description("show the evidence for one call")
    .option("--reporter <name[=file]>", "text or json; repeatable", collect, [])
    .addHelpText("after", "\nExample:\n  seamcut explain src/orders/orders.service.ts:61")
    .action(async (query: string, options: { reporter: string[] }, command: Command) => {
      const targets = parseReporters(options.reporter, ["text", "json"]);
      const [{ loadConfig }, { explain }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/explain.ts"),
      ]);
      const global = globalOptions(command);
      const config = await loadConfig(global);
      const progress = showProgress();
      const recalling = { ...progress, ...(await cacheOption(global, config.root)) };
      const { result, calls, lineOf } = await explain(config, query, recalling).finally(() => progress.clear());
      showDiagnostics(result.diagnostics);
      await emitReports(targets, config.root, async (name, target) => {
        if (name === "json") {
          const { explainJson } = await import("../../report/explain-json.ts");
          return explainJson(result, calls);
        }
        const { explainText } = await import("../../report/explain-text.ts");
        return calls.map((call) => explainText(result, call, lineOf, paintForReport(target))).join("\n");
      });
    });
}
