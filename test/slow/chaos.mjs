/**
 * Does to processes of the emitted runtime what machines, networks and deploys do to them, and proves from a ledger
 * that nothing was lost, done twice, made up, done by the wrong one of call and handler, or reordered:
 *
 *     npm run chaos -- --db mariadb --rounds 300 --seed 7
 *
 * A round is one blow: SIGKILL, SIGSTOP past the lease, server-side cut of connections, or a deploy of another version.
 * All the while transactions roll back, handlers throw, answers come late, and the switch is turned round and round.
 * `--broken no-fence` takes a safeguard out of the runtime: the rig has to fail then. Needs the server on 127.0.0.1.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildRuntime, oneOf } from "./chaos/build.mjs";
import { DATABASES } from "./chaos/databases.mjs";
import { Fleet } from "./chaos/fleet.mjs";
import { verify } from "./chaos/ledger.mjs";
import { randomFrom } from "./chaos/random.mjs";
import { TRANSPORTS } from "./chaos/transports.mjs";
import { BROKEN } from "./chaos/variants.mjs";

const { values } = parseArgs({
  options: {
    db: { type: "string", default: "postgres" },
    transport: { type: "string", default: "database" },
    rounds: { type: "string", default: "30" },
    seed: { type: "string", default: String(Date.now()) },
    broken: { type: "string" },
    workers: { type: "string", default: "3" },
    minutes: { type: "string", default: "15" },
  },
});
const database = oneOf(DATABASES, values.db, "--db");
const transport = oneOf(TRANSPORTS, values.transport, "--transport");
if (values.broken !== undefined) oneOf(BROKEN, values.broken, "--broken");
const ROUNDS = Number(values.rounds);
const DEADLINE = Date.now() + Number(values.minutes) * 60_000;
const LEASE_MS = 500;
const NEXT_MODE = { call: "event", event: "draining", draining: "call" };
const PLACED = "orders.order-placed";
const PAID = "orders.order-paid";

const { folder, load, migrations, remove } = await buildRuntime(database.stack, values.broken);
const { setMode, status } = await load("ops");
const { databaseOf } = await load("orm");

const { dataSource, url, close } = await database.create(migrations);
const sql = (text) => dataSource.query(text);
for (const table of database.tables) await sql(table);
await sql(`INSERT INTO seamcut_subscription (consumer, type, origin, mode)
           VALUES ('stock', '${PLACED}', 'native', 'event'), ('mail', '${PAID}', 'migrating', 'call')`);

const { pick, between, chance } = randomFrom(values.seed);
const fleet = new Fleet({ folder, url, transport: await transport.prepare(), leaseMs: LEASE_MS, seed: values.seed });
const figures = { kill: 0, freeze: 0, cut: 0, deploy: 0, flips: 0 };
let subscribed = false;

const BLOWS = {
  async kill() {
    fleet.kill(await victim());
  },
  async freeze() {
    await fleet.freeze(await victim(), between(1.2, 4) * LEASE_MS);
  },
  async cut() {
    const sessions = await sql(database.sessions);
    for (const { id } of sessions) if (chance(0.4)) await cutSession(id);
  },
  async deploy() {
    const child = await victim();
    if (child.role === "producer") fleet.kill(child);
    // Old and new code side by side, and back again, as long as it takes.
    else fleet.deploy(child, subscribed ? pick(["old", "new"]) : "old");
  },
};
const WEIGHTED = ["kill", "kill", "kill", "kill", "freeze", "freeze", "freeze", "cut", "cut", "deploy"].filter(
  // A database inside the processes has no sessions to cut.
  (blow) => blow !== "cut" || database.sessions !== undefined,
);

/** Somebody who is at work. Half of them have to be: something has to get done between two blows. */
async function victim() {
  for (;;) {
    const ready = fleet.ready();
    if (ready.length >= fleet.size / 2) return pick(ready);
    await sleep(20);
  }
}

async function cutSession(id) {
  // The session may have ended by itself since the list was made.
  await sql(database.cut(id)).catch((error) => {
    if (!/unknown thread/i.test(String(error))) throw error;
  });
}

async function turnTheSwitch() {
  const [{ mode }] = await sql("SELECT mode FROM seamcut_subscription WHERE consumer = 'mail'");
  try {
    await setMode(databaseOf(dataSource), "mail", PAID, NEXT_MODE[mode]);
    figures.flips++;
  } catch (error) {
    // Back to the call is refused while messages wait: stay in draining until the next try, or change one's mind.
    if (!/still wait/.test(String(error))) throw error;
    if (chance(0.3)) {
      await setMode(databaseOf(dataSource), "mail", PAID, "event");
      figures.flips++;
    }
  }
}

/** A consumer joins while events flow: it starts from all that there was, and gets all that comes. */
async function subscribeAudit() {
  await dataSource.transaction("READ COMMITTED", async (manager) => {
    for (const statement of database.subscribeWithBackfill("audit", "stock", PLACED)) await manager.query(statement);
  });
  subscribed = true;
}

/** Waits until nothing waits; gives what still does when nothing has been handled for a long while. */
async function settle() {
  let handled = -1;
  let since = Date.now();
  for (;;) {
    const { outboxPending, consumers } = await status(databaseOf(dataSource));
    const pending = outboxPending + consumers.reduce((sum, consumer) => sum + consumer.pending, 0);
    const [{ n }] = await sql("SELECT count(*) AS n FROM seamcut_inbox WHERE processed_at IS NOT NULL");
    if (Number(n) !== handled) since = Date.now();
    handled = Number(n);
    if (pending === 0 || Date.now() - since > 30_000) return pending;
    await sleep(200);
  }
}

for (let slot = 0; slot < Number(values.workers); slot++) fleet.start("worker", slot, "old");
for (const [slot, version] of ["dual", "dual", "before", "after"].entries()) fleet.start("producer", slot, version);
let rounds = 0;
while (rounds < ROUNDS && Date.now() < DEADLINE) {
  await sleep(between(0, 150));
  const blow = pick(WEIGHTED);
  await BLOWS[blow]();
  figures[blow]++;
  rounds++;
  if (rounds % 4 === 0) await turnTheSwitch();
  if (!subscribed && rounds >= ROUNDS / 3) await subscribeAudit();
  if (rounds % 20 === 0) process.stderr.write(`${rounds} of ${ROUNDS} rounds\n`);
}
if (!subscribed) await subscribeAudit();
await fleet.end("producer");
// Whatever versions are left: somebody has to know the newest consumer in the end.
fleet.start("worker", "last", "new");
const stillPending = await settle();
await fleet.end("worker");

const rowsOf = (table) => sql(`SELECT * FROM ${table} ORDER BY n`);
const ledger = await rowsOf("ledger");
const forAudit = ledger.filter((row) => row.consumer === "stock").map((row) => ({ ...row, consumer: "audit" }));
const proof = verify([...ledger, ...forAudit], await rowsOf("effect"));
const dead = Number((await sql("SELECT count(*) AS n FROM seamcut_dead_letter"))[0].n);
const { db, transport: via, seed, broken } = values;
process.stdout.write(
  `${JSON.stringify({ db, via, ...(broken && { broken, caught: proof[BROKEN[broken].causes] > 0 }), seed, rounds, ...figures, ...fleet.figures, ...proof, dead, stillPending })}\n`,
);
await transport.clear();
await close();
remove();
const { lost, duplicate, ghost, misrouted, misordered, events } = proof;
const violations =
  lost +
  duplicate +
  ghost +
  misrouted +
  misordered +
  dead +
  stillPending +
  fleet.figures.unexpected +
  fleet.figures.hung;
process.exit(violations === 0 && events > 0 && rounds === ROUNDS ? 0 : 1);
