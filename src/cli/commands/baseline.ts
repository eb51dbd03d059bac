import type { Command } from "commander";
import { globalOptions } from "../options.ts";
import { showProgress } from "../streams.ts";

export function baselineCommand(program: Command): void {
  program
    .command("baseline")
    .description("accept the calls that are there now")
    .option("--prune", "only take out what is gone")
    .option("--accept <reason>", "let an existing baseline grow")
    .addHelpText("after", "\nExample:\n  seamcut baseline --prune")
    .action(async (options: { prune?: boolean; accept?: string }, command: Command) => {
      const [{ loadConfig }, { writeBaseline }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/baseline.ts"),
      ]);
      const config = await loadConfig(globalOptions(command));
      const progress = showProgress();
      const written = await writeBaseline(config, { ...progress, ...options }).finally(() => progress.clear());
      const { added, removed, renamed } = written;
      const changes = [`${added} added`, `${removed} gone`, ...(renamed > 0 ? [`${renamed} renamed`] : [])];
      const calls = `${written.calls} ${written.calls === 1 ? "call" : "calls"}`;
      process.stdout.write(`${written.file}: ${calls} accepted (${changes.join(", ")})\n`);
    });
}
