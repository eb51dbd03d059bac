/**
 * Emits from many transactions at a time, relays all the while, and counts events that were delivered after a later one
 * of their key: `npm run order -- --db mariadb --events 100000`. Each transaction tells of several keys. The order of
 * commits is measured by a lock of the rig's own, taken after the emit: it stays true when the runtime's is taken out
 * (`--broken no-key-lock`).
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildRuntime, oneOf } from "./chaos/build.mjs";
import { DATABASES } from "./chaos/databases.mjs";
import { randomFrom } from "./chaos/random.mjs";
import { BROKEN } from "./chaos/variants.mjs";

const { values } = parseArgs({
  options: {
    db: { type: "string", default: "postgres" },
    events: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now()) },
    broken: { type: "string" },
  },
});
const database = oneOf(DATABASES, values.db, "--db");
if (values.broken !== undefined) oneOf(BROKEN, values.broken, "--broken");
const EVENTS = Number(values.events);
const PRODUCERS = 16;
const KEYS = 200;
const KEYS_AT_A_TIME = 5;

const { load, migrations, remove } = await buildRuntime(database.stack, values.broken);
const [{ defineEvent }, { EVENT }, { emitAll }, { databaseOf }, { relay }, { register }] = await Promise.all(
  ["contract", "decide", "emit", "orm", "relay", "runtime"].map(load),
);
const orderPlaced = defineEvent({
  type: "orders.order-placed",
  version: 1,
  key: (order) => order.orderId,
  schema: { type: "object", properties: { orderId: { type: "string" } }, required: ["orderId"] },
});
const { dataSource, close } = await database.create(migrations, PRODUCERS + 2);
const runtime = register({ database: databaseOf(dataSource), consumers: () => [] });
await dataSource.query(
  "INSERT INTO seamcut_subscription (consumer, type, origin, mode) VALUES ('stock', 'orders.order-placed', 'native', 'event')",
);
await dataSource.query("CREATE TABLE truth_lock (k INT PRIMARY KEY)");
for (let key = 0; key < KEYS; key++) await dataSource.query(`INSERT INTO truth_lock VALUES (${key})`);

const { between, chance, random } = randomFrom(values.seed);
/** Ids of events by key, in the order of their commits: the lock is held until then. */
const committed = Array.from({ length: KEYS }, () => []);
const delivered = Array.from({ length: KEYS }, () => []);
let emitted = 0;

async function produce() {
  while (emitted < EVENTS) {
    emitted += KEYS_AT_A_TIME;
    const keys = new Set();
    while (keys.size < KEYS_AT_A_TIME) keys.add(Math.floor(random() * KEYS));
    const events = [...keys].map((key) => ({ key, event: orderPlaced({ orderId: String(key) }) }));
    await dataSource.transaction(async (manager) => {
      await emitAll(
        manager,
        events.map(({ event }) => event),
        EVENT,
      );
      if (chance(0.3)) await sleep(between(0, 3));
      await manager.query(`SELECT k FROM truth_lock WHERE k IN (${[...keys].join()}) ORDER BY k FOR UPDATE`);
      for (const { key, event } of events) committed[key].push(event.id);
    });
  }
}

/** What handlers do, without handlers: of each key the earliest of those that are there. */
async function deliver() {
  const moved = await relay(runtime, { owner: "order", leaseMs: 10_000, batch: 500 });
  const rows = await dataSource.query("SELECT partition_key, message_id FROM seamcut_inbox ORDER BY seq LIMIT 5000");
  for (const row of rows) delivered[Number(row.partition_key.slice("orders/".length))].push(row.message_id);
  const ids = rows.map((row) => `'${row.message_id}'`);
  if (ids.length > 0) await dataSource.query(`DELETE FROM seamcut_inbox WHERE message_id IN (${ids.join()})`);
  return moved + rows.length;
}

let producing = true;
const delivering = (async () => {
  while (producing) if ((await deliver()) === 0) await sleep(5);
})();
await Promise.all(Array.from({ length: PRODUCERS }, produce));
producing = false;
await delivering;
while ((await deliver()) > 0);

let late = 0;
for (const [key, ids] of delivered.entries()) {
  const place = new Map(committed[key].map((id, index) => [id, index]));
  let latest = -1;
  for (const id of ids) {
    const at = place.get(id);
    if (at < latest) late++;
    else latest = at;
  }
}
const count = (lists) => lists.reduce((sum, list) => sum + list.length, 0);
const { db, seed, broken } = values;
const figures = { events: count(committed), delivered: count(delivered), late };
process.stdout.write(`${JSON.stringify({ db, ...(broken && { broken }), seed, keys: KEYS, ...figures })}\n`);
await close();
remove();
process.exit(late === 0 && figures.events >= EVENTS && figures.delivered === figures.events ? 0 : 1);
