/**
 * One process of the chaos rig: `node process.mjs <json>`. Says `ready` on stdout once it works, and a line for each
 * failure that its database connection had.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { connect } from "./connect.mjs";
import { randomFrom } from "./random.mjs";

const { folder, url, role, version, slot, seed, leaseMs } = JSON.parse(process.argv[2]);
const load = (name) => import(pathToFileURL(`${folder}/seamcut/${name}.js`).href);
const [{ defineEvent }, { decide, EVENT }, { emit }, { on }, { databaseOf }, { register }, { startWorkers }] =
  await Promise.all(["contract", "decide", "emit", "handlers", "orm", "runtime", "workers"].map(load));

const { chance, between, pick } = randomFrom(seed);
const { dataSource, write } = await connect(url);
const say = (line) => process.stdout.write(`${line}\n`);

const schema = {
  type: "object",
  properties: { orderId: { type: "string" }, step: { type: "integer" } },
  required: ["orderId", "step"],
};
const key = (order) => order.orderId;
const orderPlaced = defineEvent({ type: "orders.order-placed", version: 1, key, schema });
const orderPaid = defineEvent({ type: "orders.order-paid", version: 1, key, schema });

/** The application's database on a bad day: it answers late, and sometimes its client dies between two statements. */
function onABadDay(real) {
  const delay = async () => {
    if (chance(0.0002)) process.kill(process.pid, "SIGKILL");
    // Longer than lease and claim: whoever waited so long has been given up by the others.
    if (chance(0.002)) await sleep(between(1, 3) * leaseMs);
    else if (chance(0.1)) await sleep(between(0, 20));
  };
  return {
    async query(text, parameters) {
      await delay();
      return real.query(text, parameters);
    },
    async transaction(work) {
      await delay();
      return real.transaction(work);
    },
  };
}

/** Around a callee that writes on the handle that it is given. */
function chaotic(consumer) {
  return async (order, { tx, messageId }) => {
    await write(tx, "effect", [consumer, messageId, order.orderId, "handler"]);
    if (chance(0.05)) throw new Error("not this time");
    // Between the callee's own write and the inbox mark.
    if (chance(0.002)) process.kill(process.pid, "SIGKILL");
  };
}

/** What a killed session, a lost connection or a deadlock looks like to the application. */
const EXPECTED =
  /rolled back|terminat|ECONNRESET|EPIPE|closed|lost|not queryable|deadlock|interrupted|disconnect|timeout|already released/i;

async function survive(work) {
  try {
    await work();
  } catch (error) {
    if (!EXPECTED.test(String(error))) throw error;
    say("failed");
  }
}

const PRODUCERS = {
  /** Places orders on keys that all producers share; nobody ever called `stock` directly. */
  async place(step) {
    const event = orderPlaced({ orderId: `placed-${step % 20}`, step });
    await dataSource.transaction(async (manager) => {
      await emit(manager, event, EVENT);
      await write(manager, "ledger", ["stock", event.id, event.payload.orderId, "handler"]);
      await rollBackSometimes();
    });
  },
  /** Code of the dual stage: decides first; the call stands in the transaction, or behind it. */
  async dual(step) {
    const where = pick(["inside", "after"]);
    const event = orderPaid({ orderId: `${where}-${slot}-${step % 3}`, step });
    const { orderId } = event.payload;
    const decision = await decide(orderPaid, orderId);
    const how = decision.calls("mail") ? where : "handler";
    await dataSource.transaction(async (manager) => {
      if (how === "inside") await write(manager, "effect", ["mail", event.id, orderId, "call"]);
      await write(manager, "ledger", ["mail", event.id, orderId, how]);
      await emit(manager, event, decision);
      await rollBackSometimes();
    });
    if (how === "after") await write(dataSource, "effect", ["mail", event.id, orderId, "call"]);
  },
  /** Code from before the cut, still running somewhere: calls whatever the switch says, decides nothing. */
  async before(step) {
    const event = orderPaid({ orderId: `before-${slot}-${step % 3}`, step });
    await dataSource.transaction(async (manager) => {
      await write(manager, "effect", ["mail", event.id, event.payload.orderId, "call"]);
      await write(manager, "ledger", ["mail", event.id, event.payload.orderId, "inside"]);
      await emit(manager, event);
      await rollBackSometimes();
    });
  },
  /** Code from after the cleanup: no call is left in it, wherever the switch stands. */
  async after(step) {
    const event = orderPaid({ orderId: `after-${slot}-${step % 3}`, step });
    await dataSource.transaction(async (manager) => {
      await emit(manager, event, EVENT);
      await write(manager, "ledger", ["mail", event.id, event.payload.orderId, "handler"]);
      await rollBackSometimes();
    });
  },
};

/** What only waits proves nothing: producers do not run away from the handlers. */
async function leaveTimeToHandle() {
  for (;;) {
    const [{ n }] = await dataSource.query("SELECT count(*) AS n FROM seamcut_inbox WHERE processed_at IS NULL");
    if (Number(n) < 100) return;
    await sleep(between(200, 400));
  }
}

async function rollBackSometimes() {
  if (chance(0.1)) throw new Error("rolled back");
}

// The rig is gone: nobody would ever stop this process.
process.stdin
  .on("end", () => process.exit())
  .resume()
  .unref();

const hooks = {
  alarm: (kind, detail) => process.env.VERBOSE && process.stderr.write(`${kind} ${JSON.stringify(detail)}\n`),
};

if (role === "producer") {
  register({ database: databaseOf(dataSource), consumers: () => [], hooks });
  say("ready");
  for (let step = 0; ; step++) {
    // Code from after the cleanup is rare: as long as its events wait, the switch does not get back to the call.
    const what = version === "after" && chance(0.8) ? "place" : pick(["place", version]);
    await survive(() => PRODUCERS[what](step));
    await sleep(between(0, 30));
    if (step % 10 === 0) await survive(leaveTimeToHandle);
  }
} else {
  const consumer = (id, contract) => {
    const handlers = [on(contract, chaotic(id))];
    return { consumer: id, effects: "database", onExhausted: "block", handlers };
  };
  const consumers = [consumer("stock", orderPlaced), consumer("mail", orderPaid)];
  // The consumer that a newer deploy brings along.
  if (version === "new") consumers.push(consumer("audit", orderPlaced));
  const runtime = register({ database: onABadDay(databaseOf(dataSource)), consumers: () => consumers, hooks });
  const workers = startWorkers(runtime, { claimMs: leaseMs, leaseMs, idleMs: 50, backoffMs: 20, batch: 50 });
  say("ready");
  process.on("SIGTERM", async () => {
    await workers.stop();
    await dataSource.destroy();
  });
}
