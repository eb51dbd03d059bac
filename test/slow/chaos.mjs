/**
 * Kills processes of the emitted runtime at random, and proves from a ledger that nothing was lost, done twice, made up
 * or reordered: `npm run chaos -- --rounds 100`. A round is one SIGKILL. Needs PostgreSQL on 127.0.0.1:5432.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createJiti } from "jiti";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    workers: { type: "string", default: "3" },
    producers: { type: "string", default: "2" },
    minutes: { type: "string", default: "15" },
  },
});
const ROUNDS = Number(values.rounds);
const DEADLINE = Date.now() + Number(values.minutes) * 60_000;
const PROCESS = path.resolve(import.meta.dirname, "../support/emitted-process.mjs");
const NEXT_MODE = { call: "event", event: "draining", draining: "call" };

const jiti = createJiti(import.meta.url, { tsconfigPaths: false });
const { buildEmitted, POSTGRESQL_TYPEORM_NESTJS } = await jiti.import("../support/emitted.ts");
const { createPostgres } = await jiti.import("../support/database.ts");

const folder = mkdtempSync(path.join(tmpdir(), "seamcut-chaos-"));
buildEmitted(folder, POSTGRESQL_TYPEORM_NESTJS);
const load = (name) => import(path.join(folder, "seamcut", `${name}.js`));
const { SeamcutFoundation0000000000000 } = await load("foundation.migration");
const { setMode, status } = await load("ops");
const { databaseOf } = await load("orm");

class SeamcutFoundation1700000000000 extends SeamcutFoundation0000000000000 {
  name = "SeamcutFoundation1700000000000";
}

const database = await createPostgres([SeamcutFoundation1700000000000], 4);
const sql = (text) => database.dataSource.query(text);
await sql(
  "CREATE TABLE ledger (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id uuid, key text, how text)",
);
await sql("CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id uuid, key text)");
await sql(`INSERT INTO seamcut_subscription (consumer, type, origin, mode)
           VALUES ('stock', 'orders.order-placed', 'native', 'event'), ('mail', 'orders.order-paid', 'migrating', 'call')`);

const children = new Map();
const deaths = { killed: 0, byItself: 0, unexpected: 0 };
let stopping = false;

function start(role, slot) {
  const name = `${role} ${slot}`;
  const child = spawn(process.execPath, [PROCESS, folder, database.url, role, String(slot)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdout.on("data", () => {
    child.ready = true;
  });
  children.set(name, child);
  child.on("exit", (code, signal) => {
    if (signal === "SIGKILL") deaths[child.isVictim ? "killed" : "byItself"]++;
    else if (!stopping) {
      deaths.unexpected++;
      process.stderr.write(`${name} ended with ${code ?? signal}: ${errors.slice(-2000)}\n`);
    }
    if (!stopping) start(role, slot);
  });
}

function kill(child) {
  child.isVictim = true;
  child.kill("SIGKILL");
}

/** One SIGKILL of somebody who is at work, at a random moment. */
async function round() {
  await sleep(Math.random() * 150);
  for (;;) {
    const ready = [...children.values()].filter((child) => child.ready && !child.isVictim);
    const victim = ready[Math.floor(Math.random() * ready.length)];
    // Somebody has to get something done between two deaths.
    if (victim && ready.length >= children.size - 1) return kill(victim);
    await sleep(20);
  }
}

async function flip(mode) {
  const next = NEXT_MODE[mode];
  try {
    await setMode(databaseOf(database.dataSource), "mail", "orders.order-paid", next);
    return next;
  } catch {
    // Back to the call is refused while messages wait: the switch stays in draining until the next try.
    return mode;
  }
}

async function settle() {
  const start = Date.now();
  for (;;) {
    const { outboxPending, consumers } = await status(databaseOf(database.dataSource));
    const pending = outboxPending + consumers.reduce((sum, consumer) => sum + consumer.pending, 0);
    if (pending === 0 || Date.now() - start > 180_000) return pending;
    await sleep(200);
  }
}

for (let slot = 0; slot < Number(values.workers); slot++) start("worker", slot);
for (let slot = 0; slot < Number(values.producers); slot++) start("producer", slot);
const started = Date.now();
let mode = "call";
let flips = 0;
let rounds = 0;
while (rounds < ROUNDS && Date.now() < DEADLINE) {
  await round();
  rounds++;
  if (rounds % 4 === 0) {
    const next = await flip(mode);
    if (next !== mode) flips++;
    mode = next;
  }
  if (rounds % 20 === 0) process.stderr.write(`${rounds} of ${ROUNDS} rounds\n`);
}
stopping = true;
for (const [name, child] of children) if (name.startsWith("producer")) kill(child);
const stillPending = await settle();
for (const child of children.values()) kill(child);

const [figures] = await sql(`
  WITH done AS (SELECT consumer, event_id, count(*) AS times FROM effect GROUP BY 1, 2),
  expected AS (SELECT consumer, key, array_agg(event_id ORDER BY n) AS events FROM ledger GROUP BY 1, 2),
  actual AS (SELECT consumer, key, array_agg(event_id ORDER BY n) AS events FROM effect GROUP BY 1, 2)
  SELECT (SELECT count(*)::int FROM ledger) AS events,
         (SELECT count(*)::int FROM ledger WHERE how = 'call') AS direct,
         (SELECT count(*)::int FROM effect) AS effects,
         (SELECT count(*)::int FROM ledger l WHERE NOT EXISTS (SELECT 1 FROM done d WHERE d.consumer = l.consumer AND d.event_id = l.event_id)) AS lost,
         (SELECT coalesce(sum(times - 1), 0)::int FROM done WHERE times > 1) AS duplicate,
         (SELECT count(*)::int FROM done d WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE d.consumer = l.consumer AND d.event_id = l.event_id)) AS ghost,
         (SELECT count(*)::int FROM expected e JOIN actual a USING (consumer, key) WHERE e.events <> a.events) AS misordered,
         (SELECT count(*)::int FROM seamcut_dead_letter) AS dead`);
const seconds = Math.round((Date.now() - started) / 1000);
process.stdout.write(
  `${JSON.stringify({ rounds, asked: ROUNDS, seconds, flips, ...deaths, stillPending, ...figures }, null, 2)}\n`,
);
await database.close();
rmSync(folder, { recursive: true, force: true });
const { lost, duplicate, ghost, misordered, dead, events } = figures;
const violations = lost + duplicate + ghost + misordered + dead + stillPending + deaths.unexpected;
process.exit(violations === 0 && events > 0 && rounds > 0 ? 0 : 1);
