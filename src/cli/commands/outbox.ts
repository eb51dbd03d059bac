import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { UserError } from "../../model/index.ts";
import type { Outbox } from "../../pipeline/outbox.ts";
import { confirm } from "../confirm.ts";
import { emitReports } from "../emit.ts";
import { collect, globalOptions, parseReporters, type ReporterTarget } from "../options.ts";
import { paintForReport } from "../streams.ts";

interface OutboxFlags {
  readonly envFile?: string;
  readonly reporter: string[];
  readonly yes?: boolean;
}

export function outboxCommand(program: Command): void {
  const outbox = program
    .command("outbox")
    .description("look after the events of the database at DATABASE_URL, with the code that a cut has left")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://localhost/shop seamcut outbox status");
  statusOf(outbox);
  redriveOf(outbox);
  replayOf(outbox);
  purgeOf(outbox);
}

function statusOf(outbox: Command): void {
  common(outbox.command("status"))
    .description("what waits for whom and since when, blocked keys, dead letters")
    .addHelpText("after", "\nExample:\n  seamcut outbox status --reporter json")
    .action(async (flags: OutboxFlags, command: Command) => {
      const { outboxText } = await import("../../report/outbox-text.ts");
      const targets = targetsOf(flags);
      const { found, root } = await run(flags, command, (opened) => opened.status());
      await emitReports(targets, root, (name, target) =>
        name === "json"
          ? `${JSON.stringify({ version: 1, ...found }, null, 2)}\n`
          : outboxText(found, paintForReport(target)),
      );
    });
}

function redriveOf(outbox: Command): void {
  confirmed(outbox.command("redrive"))
    .description("put dead letters back into their inbox: out of order, what came after them has run")
    .argument("<consumer>", "as `status` calls it")
    .argument("[message]", "id of one of them", messageId)
    .addHelpText("after", "\nExample:\n  seamcut outbox redrive notifications --yes")
    .action(async (consumer: string, message: string | undefined, flags: OutboxFlags, command: Command) => {
      const which = message === undefined ? "the dead letters" : `dead letter ${message}`;
      await act(flags, command, `${which} of ${consumer} will be handled again, out of order`, "redriven", (opened) =>
        opened.redrive(consumer, message),
      );
    });
}

function replayOf(outbox: Command): void {
  confirmed(outbox.command("replay"))
    .description("let a handler run once more for what it has handled: all its effects happen again")
    .argument("<consumer>", "as `status` calls it")
    .requiredOption("--handled-since <time>", "ISO 8601, for instance 2026-03-01T08:00:00Z", time)
    .option("--type <event>", "only events of this type")
    .addHelpText("after", "\nExample:\n  seamcut outbox replay reporting --handled-since 2026-03-01T08:00:00Z --yes")
    .action(async (consumer: string, flags: OutboxFlags & { handledSince: Date; type?: string }, command: Command) => {
      const { handledSince: since, type } = flags;
      const what = `what ${consumer} has handled since ${since.toISOString()} will be handled again`;
      await act(flags, command, what, "replayed", (opened) =>
        opened.replay(consumer, { since, ...(type !== undefined && { type }) }),
      );
    });
}

function purgeOf(outbox: Command): void {
  confirmed(outbox.command("purge"))
    .description("forget what was handled or redriven long ago; a duplicate that comes later is handled again")
    .option("--days <count>", "how long a duplicate may still come", days, 7)
    .addHelpText("after", "\nExample:\n  seamcut outbox purge --days 14 --yes")
    .action(async (flags: OutboxFlags & { days: number }, command: Command) => {
      const what = `what was handled more than ${flags.days} days ago will be forgotten`;
      await act(flags, command, what, "purged", (opened) => opened.purge(flags.days));
    });
}

function common(command: Command): Command {
  return command
    .option("--env-file <file>", "file that sets DATABASE_URL, as `node --env-file`")
    .option("--reporter <name[=file]>", "text or json; repeatable", collect, []);
}

function confirmed(command: Command): Command {
  return common(command).option("--yes", "do not ask");
}

function targetsOf({ reporter }: OutboxFlags): ReporterTarget[] {
  return parseReporters(reporter, ["text", "json"]);
}

async function act(
  flags: OutboxFlags,
  command: Command,
  what: string,
  done: string,
  work: (outbox: Outbox) => Promise<number>,
): Promise<void> {
  const targets = targetsOf(flags);
  if (!(await confirm(what, flags.yes === true))) {
    process.exitCode = 2;
    return;
  }
  const { found: count, root } = await run(flags, command, work);
  await emitReports(targets, root, (name) =>
    name === "json"
      ? `${JSON.stringify({ version: 1, [done]: count }, null, 2)}\n`
      : `${count} ${count === 1 ? "message" : "messages"} ${done}\n`,
  );
}

async function run<T>(
  { envFile }: OutboxFlags,
  command: Command,
  work: (outbox: Outbox) => Promise<T>,
): Promise<{ readonly found: T; readonly root: string }> {
  const [{ loadConfig }, { withOutbox }] = await Promise.all([
    import("../../config/load-config.ts"),
    import("../../pipeline/outbox.ts"),
  ]);
  const config = await loadConfig(globalOptions(command));
  if (envFile !== undefined) loadEnvFile(config.root, envFile);
  return { found: await withOutbox(config, process.env.DATABASE_URL, work), root: config.root };
}

function loadEnvFile(root: string, file: string): void {
  try {
    process.loadEnvFile(path.resolve(root, file));
  } catch (error) {
    throw new UserError("SC2032", `${file} cannot be read: ${(error as Error).message}`, [
      "the path is relative to --cwd",
    ]);
  }
}

function messageId(value: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) throw new InvalidArgumentError("an id as in `status`.");
  return value;
}

function time(value: string): Date {
  const date = new Date(value);
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError("a time such as 2026-03-01T08:00:00Z.");
  }
  return date;
}

function days(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError("a number of days, at least 1.");
  return Number(value);
}
