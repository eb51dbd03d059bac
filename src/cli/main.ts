import { Command, CommanderError, InvalidArgumentError } from "commander";
import { nearest } from "../model/index.ts";
import { VERSION } from "../pipeline/version.ts";
import { baselineCommand } from "./commands/baseline.ts";
import { checkCommand } from "./commands/check.ts";
import { cutCommand } from "./commands/cut.ts";
import { demoCommand } from "./commands/demo.ts";
import { explainCommand } from "./commands/explain.ts";
import { outboxCommand } from "./commands/outbox.ts";
import { planCommand } from "./commands/plan.ts";
import { scanCommand } from "./commands/scan.ts";
import { statusCommand } from "./commands/status.ts";
import { reportFailure } from "./failure.ts";
import { guardStreams } from "./streams.ts";

/** A command registers itself on the program; what it does is loaded when it runs. */
export type RegisterCommand = (program: Command) => void;

const COMMANDS: readonly RegisterCommand[] = [
  scanCommand,
  explainCommand,
  planCommand,
  cutCommand,
  checkCommand,
  baselineCommand,
  statusCommand,
  outboxCommand,
  demoCommand,
];

/** Runs the command line. Sets `process.exitCode`: 0 clean, 1 findings, 2 failure. */
export async function main(argv: readonly string[]): Promise<void> {
  guardStreams();
  const program = createProgram();
  try {
    await program.parseAsync(argv as string[]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = reportFailure(error, argv.slice(2));
  }
}

function createProgram(): Command {
  const program = new Command("seamcut")
    .description("Find the direct calls between the modules of a TypeScript monolith, and cut them into events.")
    .version(VERSION)
    .option("--cwd <folder>", "folder to analyse", ".")
    .option("--tsconfig <file>", "tsconfig that lists the files")
    .option("--config <file>", "configuration file")
    .option("--no-config", "read no configuration file")
    .option("--modules <glob>", "folders that are modules; repeatable, ! excludes", collect, [])
    .option("--files <glob>", "files to read instead of the tsconfig's; repeatable", collect, [])
    .option("--no-checker", "never ask the TypeScript checker about calls whose receiver could not be told")
    .option("--cache-dir <folder>", "where to keep results between runs (default: node_modules/.cache/seamcut)")
    .option("--no-cache", "neither keep results nor use kept ones")
    .option("--stable", "leave out what differs between two runs")
    .exitOverride()
    .showHelpAfterError("seamcut --help lists the commands")
    .usage("[options] <command>")
    .helpCommand("help [command]", "show the help of a command")
    .argument("[command]")
    .action((name: string | undefined) => {
      if (name !== undefined) throw unknownCommand(program, name);
      program.outputHelp();
    });
  for (const register of COMMANDS) register(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

function unknownCommand(program: Command, name: string): CommanderError {
  const names = program.commands.map((command) => command.name());
  const meant = nearest(name, names);
  program
    .configureOutput()
    .writeErr?.(
      `error: unknown command '${name}'\n${meant ? `(Did you mean ${meant}?)\n` : ""}seamcut --help lists the commands\n`,
    );
  return new CommanderError(1, "commander.unknownCommand", `unknown command '${name}'`);
}

function collect(value: string, earlier: readonly string[]): string[] {
  if (value === "") throw new InvalidArgumentError("must not be empty");
  return [...earlier, value];
}
