import { openDatabase } from "./connect";
import { purge, redrive, replay, status } from "./ops";

/**
 * The commands of `ops.ts`, on the database at DATABASE_URL: `npx tsx src/seamcut/outbox.ts status`. Prints JSON.
 * Nothing here asks before it acts.
 */
const USAGE = `status
redrive <consumer> [message id]         dead letters back into the inbox
replay <consumer> <since, ISO 8601>     handled messages once more
purge [days]                            forget what was handled before, 7 by default`;

export async function runOutbox(args: readonly string[], url: string | undefined): Promise<unknown> {
  const [command, first, second] = args;
  if (command === undefined || !["status", "redrive", "replay", "purge"].includes(command)) throw new Error(USAGE);
  if (!url) throw new Error("DATABASE_URL is not set");
  const { database, close } = await openDatabase(url);
  try {
    if (command === "status") return await status(database);
    if (command === "purge") return { purged: await purge(database, first === undefined ? 7 : Number(first)) };
    if (first === undefined) throw new Error(USAGE);
    if (command === "redrive") return { redriven: await redrive(database, first, second) };
    if (second === undefined) throw new Error(USAGE);
    return { replayed: await replay(database, first, { since: new Date(second) }) };
  } finally {
    await close();
  }
}

if (/[\\/]outbox(\.[cm]?[jt]s)?$/.test(process.argv[1] ?? "")) {
  runOutbox(process.argv.slice(2), process.env["DATABASE_URL"]).then(
    (result) => console.log(JSON.stringify(result, null, 2)),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 2;
    },
  );
}
