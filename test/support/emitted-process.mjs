/**
 * A process that runs the emitted runtime, for tests that stop and kill it:
 * `node emitted-process.mjs <folder> <url> <role>`. Says on stdout where it has come to, one word a line.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { DataSource } from "typeorm";

const [folder, url, role, slot = "0"] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/seamcut/${name}.js`).href);
const [
  { defineEvent },
  { decide, EVENT },
  { emit },
  { on },
  { databaseOf },
  { relay },
  { register },
  { startWorkers },
] = await Promise.all(
  ["contract", "decide", "emit", "handlers", "orm", "relay", "runtime", "workers"].map((name) => load(name)),
);

const schema = {
  type: "object",
  properties: { orderId: { type: "string" }, step: { type: "integer" } },
  required: ["orderId", "step"],
};
const orderPlaced = defineEvent({ type: "orders.order-placed", version: 1, key: (order) => order.orderId, schema });
const orderPaid = defineEvent({ type: "orders.order-paid", version: 1, key: (order) => order.orderId, schema });

const dataSource = await new DataSource({ type: "postgres", url, extra: { max: 8 } }).initialize();
const real = databaseOf(dataSource);
const say = (word) => process.stdout.write(`${word}\n`);
const hooks = {
  alarm: (kind, detail) => process.env.VERBOSE && process.stderr.write(`${kind} ${JSON.stringify(detail)}\n`),
};

/** What the callee does: a write of its own, in the handler's transaction. */
const stockEffect = (handle, consumer, id, key) =>
  handle.query("INSERT INTO effect (consumer, event_id, key) VALUES ($1, $2, $3)", [consumer, id, key]);

function chaotic(consumer) {
  return async (order, { tx, messageId }) => {
    await stockEffect(tx, consumer, messageId, order.orderId);
    if (Math.random() < 0.05) throw new Error("not this time");
    // Between the callee's own write and the inbox mark.
    if (Math.random() < 0.004) process.kill(process.pid, "SIGKILL");
  };
}

const roles = {
  /** Stalls in the middle of a drain, with its locks held. */
  async "stall-drain"() {
    const database = {
      query: real.query,
      transaction: (work) =>
        real.transaction(async (sql, tx) => {
          let queries = 0;
          const query = async (text, parameters) => {
            if (++queries === 4) {
              say("middle");
              await sleep(300);
            }
            return sql.query(text, parameters);
          };
          return work({ query }, tx);
        }),
    };
    const runtime = register({ database, consumers: () => [], hooks });
    await relay(runtime, { owner: "stalled", leaseMs: 2000, batch: 100 }).then(
      (moved) => say(`moved ${moved}`),
      () => say("refused"),
    );
    await dataSource.destroy();
  },
  /** Stalls in the middle of a handler, after the callee's write. */
  async "stall-handler"() {
    const handler = on(orderPlaced, async (order, { tx, messageId }) => {
      await stockEffect(tx, "stock", messageId, order.orderId);
      say("middle");
      await sleep(300);
      await tx.query("SELECT 1");
    });
    await work([handler], { claimMs: 1500, idleMs: 50, backoffMs: 60_000 });
  },
  async worker() {
    await work([on(orderPlaced, chaotic("stock"))], { claimMs: 1500, leaseMs: 1500, idleMs: 50, backoffMs: 20 }, [
      { consumer: "mail", effects: "database", onExhausted: "block", handlers: [on(orderPaid, chaotic("mail"))] },
    ]);
  },
  /** Places and pays orders; a tenth is rolled back. Paid orders call `mail` directly where the switch says so. */
  async producer() {
    register({ database: real, consumers: () => [], hooks });
    say("ready");
    for (let step = 0; ; step++) {
      await business(step).catch((error) => {
        if (error.message !== "rolled back") throw error;
      });
      await sleep(2);
    }
  },
};

async function business(step) {
  const paid = Math.random() < 0.5;
  // Any producer places on a shared key; each pays on keys of its own, one after the other.
  const orderId = paid ? `paid-${slot}-${step % 3}` : `placed-${step % 5}`;
  const event = (paid ? orderPaid : orderPlaced)({ orderId, step });
  const decision = paid ? await decide(orderPaid, orderId) : EVENT;
  await dataSource.transaction(async (manager) => {
    if (paid && decision.calls("mail")) await stockEffect(manager, "mail", event.id, orderId);
    await emit(manager, event, decision);
    await manager.query("INSERT INTO ledger (consumer, event_id, key, how) VALUES ($1, $2, $3, $4)", [
      paid ? "mail" : "stock",
      event.id,
      orderId,
      paid && decision.calls("mail") ? "call" : "event",
    ]);
    if (Math.random() < 0.1) throw new Error("rolled back");
  });
}

async function work(handlers, options, others = []) {
  const consumers = [{ consumer: "stock", effects: "database", onExhausted: "block", handlers }, ...others];
  const runtime = register({ database: real, consumers: () => consumers, hooks });
  const workers = startWorkers(runtime, options);
  say("ready");
  process.on("SIGTERM", async () => {
    await workers.stop();
    await dataSource.destroy();
    say("stopped");
  });
}

await roles[role]();
