import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { decide, EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { relay } from "#seamcut/relay";
import { drainBatch, leaseShards, transact } from "#seamcut/store";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachDatabase, RELAY } from "../suite.ts";

onEachDatabase("relay", (suite, test) => {
  test("every subscriber handles an event once, whatever is relayed by two at a time", async () => {
    for (const name of ["mailing", "reporting"]) {
      await subscribe(suite.database, name, "native", "event");
      suite.shop.consumers.push(consumerOf(name, [recordingHandler(name)]));
    }
    for (let step = 0; step < 20; step++) await suite.place(`o${step}`, step);
    await Promise.all(
      ["b", "c"].map((owner) => relay(suite.shop.runtime, { ...RELAY, owner, leaseMs: 100, batch: 3 })),
    );
    await sleep(120);
    await suite.deliver();
    await suite.deliver();
    const handled = await effects(suite.database);
    expect(handled).toHaveLength(40);
    expect(new Set(handled.map((row) => `${row.consumer} ${row.order_id}`)).size).toBe(40);
    expect(await suite.count("seamcut_outbox")).toBe(0);
  });

  test("a lease that was lost drains nothing", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await suite.place("o1");
    expect(await leaseShards(suite.shop.runtime.database, "old", 1000)).toHaveLength(16);
    expect(await leaseShards(suite.shop.runtime.database, "new", 5000)).toHaveLength(0);
    await sleep(1050);
    expect(await leaseShards(suite.shop.runtime.database, "new", 5000)).toHaveLength(16);
    expect((await drainBatch(suite.shop.runtime.database, "old", 10, 50)).moved).toBe(0);
    expect((await drainBatch(suite.shop.runtime.database, "new", 10, 5000)).moved).toBe(1);
  });

  test("an event that was decided for a consumer is not lost with its subscription, nor overtaken", async () => {
    await subscribe(suite.database, "mailing", "migrating", "event");
    await subscribe(suite.database, "reporting", "native", "event");
    await suite.place("o1", 1, await decide(orderPlaced, "o1"));
    await suite.sql("DELETE FROM seamcut_subscription WHERE consumer = 'mailing'");
    await suite.place("o1", 2, await decide(orderPlaced, "o1"));
    suite.shop.consumers.push(consumerOf("reporting", [recordingHandler("reporting")]));
    await suite.deliver();
    expect((await effects(suite.database)).map((row) => row.step)).toEqual([1, 2]);
    expect(suite.alarms()).toEqual(["unsubscribed-consumer"]);
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await suite.deliver();
    const handled = await effects(suite.database);
    expect(handled.map((row) => `${row.consumer} ${row.step}`)).toEqual(["reporting 1", "reporting 2", "mailing 1"]);
  });

  test("stops after the batch in hand", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    for (let step = 0; step < 6; step++) await suite.place(`o${step}`, step);
    const stopping = new AbortController();
    const { database } = suite.shop.runtime;
    const runtime = {
      ...suite.shop.runtime,
      database: {
        query: database.query,
        transaction: <T>(work: Parameters<typeof database.transaction<T>>[0]) => {
          stopping.abort();
          return database.transaction(work);
        },
      },
    };
    expect(await relay(runtime, { ...RELAY, batch: 2, signal: stopping.signal })).toBe(2);
    expect(await suite.count("seamcut_outbox")).toBe(4);
  });

  test("a transaction that was started first and committed last is not passed over", async ({ skip }) => {
    if (!suite.database.parallel) skip("one transaction at a time");
    await subscribe(suite.database, "stock", "native", "event");
    suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
    await suite.inTransaction(async (manager) => {
      await emit(manager, orderPlaced({ orderId: "slow", step: 1 }), EVENT);
      await suite.place("fast", 2);
      await relay(suite.shop.runtime, RELAY);
      expect(await suite.count("seamcut_inbox")).toBe(1);
    });
    await suite.deliver();
    expect((await effects(suite.database)).map((row) => row.order_id)).toEqual(["fast", "slow"]);
  });

  test("sessions of relay and handlers see what was committed since they began", async ({ skip }) => {
    if (!suite.database.parallel) skip("one transaction at a time");
    await transact(suite.shop.runtime.database, 5000, async (sql) => {
      const orders = async () => (await sql.query("SELECT id FROM orders")).length;
      expect(await orders()).toBe(0);
      await suite.place("meanwhile");
      expect(await orders()).toBe(1);
    });
  });
});
