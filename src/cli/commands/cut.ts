import { type Command, Option } from "commander";
import { ACCEPTABLE_CODES, type AcceptableCode, STAGES, type Stage, UserError } from "../../model/index.ts";
import { emitReports } from "../emit.ts";
import { collect, globalOptions, parseReporters } from "../options.ts";
import { paintForReport, showProgress } from "../streams.ts";

interface CutFlags {
  readonly call: string[];
  readonly stage?: Stage;
  readonly direct?: boolean;
  readonly transaction: "auto" | "gap";
  readonly event?: string;
  readonly key?: string;
  readonly accept: AcceptableCode[];
  readonly verify?: string;
  readonly out?: string;
  readonly write?: boolean;
  readonly allowDirty?: boolean;
  readonly allowUnproven?: boolean;
  readonly reporter: string[];
}

export function cutCommand(program: Command): void {
  program
    .command("cut")
    .description("replace the calls of one edge by events, as a series of proven patches")
    .argument("<from>", "module that calls")
    .argument("<to>", "module that is called")
    .option("--call <id>", "only this call; repeatable", collect, [])
    .addOption(new Option("--stage <stage>", "last stage to make a patch for").choices(STAGES))
    .option("--direct", "squeeze dual, cutover and cleanup into one patch")
    .addOption(
      new Option("--transaction <way>", "where the caller's writes are hidden: record the event right after them")
        .choices(["auto", "gap"])
        .default("auto"),
    )
    .option("--event <name>", "name of the event instead of the one found")
    .option("--key <property>", "payload property whose events keep their order")
    .addOption(
      new Option("--accept <code>", "go on in spite of this reason; the patch names it; repeatable")
        .choices(ACCEPTABLE_CODES)
        .argParser((value: string, earlier: readonly string[]) => acceptCode(value, earlier))
        .default([], "none"),
    )
    .option("--verify <command>", "run the repository's own tests after each patch")
    .option("--out <folder>", "where the patches go")
    .option("--write", "apply the patches to the checkout, as commits")
    .option("--allow-dirty", "make patches against uncommitted changes")
    .option("--allow-unproven", "write patches that could not be type-checked, marked so")
    .option("--reporter <name[=file]>", "text or json; repeatable", collect, [])
    .addHelpText("after", '\nExample:\n  seamcut cut orders notifications --verify "npm test"')
    .action(async (from: string, to: string, flags: CutFlags, command: Command) => {
      const targets = parseReporters(flags.reporter, ["text", "json"]);
      const [{ loadConfig }, { cut }] = await Promise.all([
        import("../../config/load-config.ts"),
        import("../../pipeline/cut/cut.ts"),
      ]);
      const config = await loadConfig(globalOptions(command));
      const { signal, release } = interruptible();
      const progress = showProgress();
      const { call, accept, transaction, ...rest } = flags;
      const result = await cut(config, { ...rest, from, to, calls: call, accept, transaction, signal, ...progress })
        .catch((error: unknown) => {
          throw signal.aborted ? new UserError("SC2017", "interrupted: nothing was written") : error;
        })
        .finally(() => {
          progress.clear();
          release();
        });
      await emitReports(targets, config.root, async (name, target) => {
        if (name === "json") return `${JSON.stringify({ version: 1, ...result }, null, 2)}\n`;
        const { cutText } = await import("../../report/cut-text.ts");
        return cutText(result, paintForReport(target));
      });
    });
}

function acceptCode(value: string, earlier: readonly string[]): string[] {
  if (!(ACCEPTABLE_CODES as readonly string[]).includes(value))
    throw new UserError("SC2013", `--accept takes one of ${ACCEPTABLE_CODES.join(", ")}`);
  return [...earlier, value];
}

/** Ctrl-C ends the run at the next step, after the temporary checkout is gone. */
function interruptible(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort(new UserError("SC2017", "interrupted: nothing was written"));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  return {
    signal: controller.signal,
    release() {
      process.removeListener("SIGINT", stop);
      process.removeListener("SIGTERM", stop);
    },
  };
}
