import type { Command } from "commander";
import type { AnalysisResult, ClassifiedCall } from "../../model/index.ts";
import { emitReports } from "../emit.ts";
import { cacheOption, collect, globalOptions, parseReporters, showDiagnostics } from "../options.ts";
import { paintForReport, showProgress } from "../streams.ts";

/** The same for every call and edge, whatever a baseline says. */
const OF_CALLS: Readonly<Record<string, () => Promise<(calls: readonly ClassifiedCall[]) => string>>> = {
  csv: async () => (await import("../../report/calls-csv.ts")).callsCsv,
  dot: async () => {
    const [{ dot }, { edgesOfCalls }] = await Promise.all([
      import("../../report/graph/dot.ts"),
      import("../../report/graph/edge.ts"),
    ]);
    return (calls) => dot(edgesOfCalls(calls));
  },
  mermaid: async () => {
    const [{ mermaid }, { edgesOfCalls }] = await Promise.all([
      import("../../report/graph/mermaid.ts"),
      import("../../report/graph/edge.ts"),
    ]);
    return (calls) => mermaid(edgesOfCalls(calls));
  },
};

const NAMES = ["text", "json", ...Object.keys(OF_CALLS)];

export function scanCommand(program: Command): void {
  program
    .command("scan")
    .description("find the direct calls between modules and say what each is")
    .option("--reporter <name[=file]>", `${NAMES.join(", ")}; repeatable`, collect, [])
    .option("--list-modules", "list all modules with what speaks for them and their kinds, instead of the calls")
    .option("--leaves", "list the functions that most verdicts rest on, instead of the calls")
    .addHelpText("after", '\nExample:\n  seamcut scan --modules "src/*" --reporter json=calls.json')
    .action(async (options: { reporter: string[]; leaves?: boolean; listModules?: boolean }, command: Command) => {
      const targets = parseReporters(options.reporter, NAMES);
      const global = globalOptions(command);
      const [{ loadConfig }, { scan }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/scan.ts"),
      ]);
      const config = await loadConfig(global);
      const progress = showProgress();
      const scanning = { ...progress, ...(await cacheOption(global, config.root)) };
      const result = await scan(config, scanning).finally(() => progress.clear());
      showDiagnostics(result.diagnostics);
      await emitReports(targets, config.root, async (name, target) => {
        if (name === "json") {
          const { reportJson } = await import("../../report/json.ts");
          return reportJson(result, { stable: global.stable === true });
        }
        const asData = OF_CALLS[name];
        if (asData) return (await asData())(result.calls);
        if (options.listModules) {
          const { modulesText } = await import("../../report/modules-text.ts");
          return modulesText(result.modules, paintForReport(target));
        }
        if (options.leaves) {
          const { leavesText } = await import("../../report/leaves-text.ts");
          return leavesText(result.leaves, paintForReport(target));
        }
        const [{ reportText }, { planMigration }] = await Promise.all([
          import("../../report/text.ts"),
          import("../../plan/plan-migration.ts"),
        ]);
        return reportText(stableView(result, global.stable), planMigration(result), paintForReport(target));
      });
    });
}

function stableView(result: AnalysisResult, stable: boolean | undefined): AnalysisResult {
  if (!stable) return result;
  const { durationMs: _, checkerMs: __, ...summary } = result.summary;
  return { ...result, summary };
}
