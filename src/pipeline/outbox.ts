import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Config, nearest, type OutboxStatus, UserError } from "../model/index.ts";

/** The repository's handle on its database: passed from one emitted function to the others, never looked into. */
type Database = unknown;

/** What the emitted `ops.ts` has. */
interface Ops {
  status(database: Database): Promise<OutboxStatus>;
  redrive(database: Database, consumer: string, messageId?: string): Promise<number>;
  replay(database: Database, consumer: string, which: { since: Date; type?: string }): Promise<number>;
  purge(database: Database, days: number): Promise<number>;
}

/** What the emitted `connect.ts` has. */
interface Connect {
  openDatabase(url: string): Promise<{ readonly database: Database; close(): Promise<void> }>;
}

/** The outbox of one database, looked after by the repository's own code. */
export interface Outbox {
  status(): Promise<OutboxStatus>;
  redrive(consumer: string, messageId?: string): Promise<number>;
  replay(consumer: string, which: { readonly since: Date; readonly type?: string }): Promise<number>;
  purge(days: number): Promise<number>;
}

/**
 * Runs the repository's emitted `ops.ts` through its own driver: there is one copy of the SQL, the one that production
 * has, and no driver in seamcut.
 */
export async function withOutbox<T>(
  config: Config,
  url: string | undefined,
  work: (outbox: Outbox) => Promise<T>,
): Promise<T> {
  const { ops, connect } = await loadRuntime(config);
  if (!url) {
    throw new UserError("SC2032", "DATABASE_URL is not set", [
      "say where the outbox is   DATABASE_URL=postgres://user@host/shop seamcut outbox status",
      "it stands in a file       seamcut outbox status --env-file .env",
    ]);
  }
  const { database, close } = await open(connect, url);
  try {
    return await work({
      status: () => ops.status(database),
      async redrive(consumer, messageId) {
        await assertConsumer(ops, database, consumer);
        return ops.redrive(database, consumer, messageId);
      },
      async replay(consumer, which) {
        await assertConsumer(ops, database, consumer);
        return ops.replay(database, consumer, which);
      },
      purge: (days) => ops.purge(database, days),
    });
  } catch (error) {
    if (!isMissingTable(error)) throw error;
    throw new UserError("SC2034", `this database has no outbox: ${textOf(error)}`, [
      "run the migrations of the foundation and of the events, or name another database in DATABASE_URL",
    ]);
  } finally {
    await close();
  }
}

async function loadRuntime({ root, runtime }: Config): Promise<{ readonly ops: Ops; readonly connect: Connect }> {
  const folder = path.join(root, runtime);
  for (const name of ["ops.ts", "connect.ts"]) {
    if (existsSync(path.join(folder, name))) continue;
    throw new UserError("SC2030", `there is no ${runtime}/${name}`, [
      "the first cut makes it    seamcut cut <from> <to>",
      'it stands elsewhere       "runtime": "src/shared/seamcut" in seamcut.config.json',
    ]);
  }
  const { createJiti } = await import("jiti");
  // No cache: nothing is written into the repository.
  const jiti = createJiti(pathToFileURL(`${folder}/`).href, { fsCache: false });
  try {
    const [ops, connect] = [await jiti.import<Ops>("./ops.ts"), await jiti.import<Connect>("./connect.ts")];
    return { ops, connect };
  } catch (error) {
    throw new UserError("SC2031", `${runtime} cannot be loaded: ${textOf(error)}`, [
      "its driver is the repository's   npm ci",
    ]);
  }
}

async function open(connect: Connect, url: string): ReturnType<Connect["openDatabase"]> {
  try {
    return await connect.openDatabase(url);
  } catch (error) {
    throw new UserError("SC2033", `the database at DATABASE_URL cannot be reached: ${textOf(error)}`, [
      "it runs, and host, port, name and password are right?",
    ]);
  }
}

/** A slip in a name must not look like "nothing to do". */
async function assertConsumer(ops: Ops, database: Database, consumer: string): Promise<void> {
  const known = (await ops.status(database)).consumers.map((row) => row.consumer);
  if (known.includes(consumer)) return;
  const meant = nearest(consumer, known);
  throw new UserError("SC2035", `no consumer is called ${consumer}`, [
    ...(meant ? [`did you mean ${meant}?`] : []),
    known.length > 0 ? `known: ${known.join(", ")}` : "nobody has subscribed to anything yet",
  ]);
}

function isMissingTable(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  // PostgreSQL, then MySQL.
  return code === "42P01" || code === "ER_NO_SUCH_TABLE";
}

/** Node gives a connection that failed on several addresses an empty message, with the reasons inside. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(textOf).join("; ");
  return error instanceof Error ? error.message || error.name : String(error);
}
