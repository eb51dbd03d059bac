/**
 * A process that runs the emitted runtime, for tests that stop and kill it:
 * `node emitted-process.mjs <folder> <url> <role> [<point>]`. Says on stdout where it has come to, one word a line.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { DataSource } from "typeorm";

const [folder, url, role, point = ""] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/seamcut/${name}.js`).href);
const [
  { defineEvent },
  { decide },
  { emit },
  { on },
  { handleDue },
  { databaseOf },
  { relay },
  { register },
  { startWorkers },
] = await Promise.all(
  ["contract", "decide", "emit", "handlers", "inbox", "orm", "relay", "runtime", "workers"].map((name) => load(name)),
);

const schema = {
  type: "object",
  properties: { orderId: { type: "string" }, step: { type: "integer" } },
  required: ["orderId", "step"],
};
const orderPlaced = defineEvent({ type: "orders.order-placed", version: 1, key: (order) => order.orderId, schema });

const dataSource = await new DataSource(
  url.startsWith("postgres") ? { type: "postgres", url, extra: { max: 4 } } : { type: "mysql", url, poolSize: 4 },
).initialize();
const real = databaseOf(dataSource);
const say = (word) => process.stdout.write(`${word}\n`);
const hooks = { alarm: () => undefined };

/** What the callee does: a write of its own, on the handle that it is given. */
const write = (handle, table, consumer, id, order, how) =>
  handle.query(
    `INSERT INTO ${table} (consumer, event_id, order_id, how) VALUES ('${consumer}', '${id}', '${order.orderId}', '${how}')`,
  );

async function stall() {
  say("middle");
  // Long enough to be stopped in; whoever goes on afterwards finds out what has become of it.
  await sleep(300);
}

/** Statements before which a process can be stopped, with what it has locked by then. */
const POINTS = {
  lease: /UPDATE seamcut_outbox_shard\s+SET fence/,
  drain: /DELETE FROM seamcut_outbox/,
  claim: /UPDATE seamcut_inbox SET attempts/,
};

/** The application's database; it stalls once, at the point that the test asked for. */
function stalling() {
  let isOver = false;
  const at = (text) => !isOver && POINTS[point]?.test(text);
  const stallOnce = async () => {
    isOver = true;
    await stall();
  };
  return {
    query: real.query,
    transaction: (work) =>
      real.transaction(async (sql, tx) => {
        const query = async (text, parameters) => {
          if (at(text)) await stallOnce();
          return sql.query(text, parameters);
        };
        const result = await work({ query }, tx);
        if (!isOver && point === "commit") await stallOnce();
        return result;
      }),
  };
}

const roles = {
  /** Relays once, and handles what is due once; comes to a stop at the point. */
  async once() {
    const handler = on(orderPlaced, (order, { tx, messageId }) =>
      write(tx, "effect", "stock", messageId, order, "handler"),
    );
    const consumer = { consumer: "stock", effects: "database", onExhausted: "block", handlers: [handler] };
    const runtime = register({ database: stalling(), consumers: () => [consumer], hooks });
    try {
      await relay(runtime, { owner: "stopped", leaseMs: 2000, batch: 100 });
      await handleDue(runtime, consumer, { claimMs: 2000, batch: 100, backoffMs: 60_000 });
    } catch (error) {
      say(`refused ${error}`);
    }
    say("over");
    await dataSource.destroy();
  },
  /** Stalls in the middle of a handler, after the callee's write. */
  async "stall-handler"() {
    const handler = on(orderPlaced, async (order, { tx, messageId }) => {
      await write(tx, "effect", "stock", messageId, order, "handler");
      await stall();
      await tx.query("SELECT 1");
    });
    work("stock", handler, { claimMs: 1500, idleMs: 50, backoffMs: 60_000 });
  },
  /** One of a fleet: places orders with the call still in place, and works for the consumer that is cut loose. */
  async fleet() {
    const handler = on(orderPlaced, (order, { tx, messageId }) =>
      write(tx, "effect", "mail", messageId, order, "handler"),
    );
    work("mail", handler, { idleMs: 50, backoffMs: 20 });
    const again = point === "decides-again";
    for (let step = 0; step < 150; step++) {
      const event = orderPlaced({ orderId: `${process.pid}-${step % 4}`, step });
      const decision = await decide(orderPlaced, event.payload.orderId);
      await dataSource.transaction(async (manager) => {
        await write(manager, "ledger", "mail", event.id, event.payload, decision.calls("mail") ? "call" : "handler");
        await emit(manager, event, decision);
        const guard = again ? await decide(orderPlaced, event.payload.orderId) : decision;
        if (guard.calls("mail")) await write(manager, "effect", "mail", event.id, event.payload, "call");
      });
    }
    say("placed");
  },
};

function work(consumer, handler, options) {
  const consumers = [{ consumer, effects: "database", onExhausted: "block", handlers: [handler] }];
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
