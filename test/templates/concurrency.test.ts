import { setTimeout as sleep } from "node:timers/promises";
import type { EntityManager } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit, emitAll } from "#seamcut/emit";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { unregister } from "#seamcut/runtime";
import { createPostgres, postgresIsThere, type TestDatabase } from "../support/database.ts";
import {
  consumerOf,
  effects,
  FOUNDATION,
  type Harness,
  harness,
  orderPlaced,
  recordingHandler,
  subscribe,
} from "./shop-events.ts";

const hasPostgres = await postgresIsThere();

describe.skipIf(!hasPostgres)("under concurrency, on PostgreSQL", () => {
  let database: TestDatabase;
  let shop: Harness;
  beforeAll(async () => {
    database = await createPostgres(FOUNDATION, 24);
    shop = await harness(database);
    await subscribe(database, "stock", "native", "event");
    shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
  });
  afterAll(async () => {
    unregister(shop.runtime);
    await database.close();
  });

  it("delivers events of one key in the order of their commits", async () => {
    await database.dataSource.query(
      "CREATE TABLE commits (n bigint GENERATED ALWAYS AS IDENTITY, order_id text, step int)",
    );
    const keys = ["a", "b", "c", "d"];
    const producer = async (worker: number) => {
      for (let round = 0; round < 20; round++) {
        const orderId = keys[(worker + round) % keys.length] ?? "a";
        const step = worker * 1000 + round;
        await database.dataSource.transaction(async (manager) => {
          await manager.query("SELECT pg_sleep(random() * 0.004)");
          await emit(manager, orderPlaced({ orderId, step }), EVENT);
          // Taken under the key lock and until commit: numbers of one key stand in the order of commits.
          await manager.query("INSERT INTO commits (order_id, step) VALUES ($1, $2)", [orderId, step]);
          await manager.query("SELECT pg_sleep(random() * 0.004)");
        });
      }
    };
    let producing = true;
    const draining = (async () => {
      while (producing) await relay(shop.runtime, { owner: "relay", leaseMs: 5000, batch: 7 });
    })();
    await Promise.all(Array.from({ length: 16 }, (_, worker) => producer(worker)));
    producing = false;
    await draining;
    await relay(shop.runtime, { owner: "relay", leaseMs: 5000, batch: 100 });
    for (const consumer of shop.consumers) {
      while ((await handleDue(shop.runtime, consumer, { claimMs: 5000, batch: 50, backoffMs: 1 })) > 0);
    }
    const commits = await database.dataSource.query("SELECT order_id, step FROM commits ORDER BY n");
    const handled = await effects(database);
    expect(handled).toHaveLength(320);
    for (const key of keys) {
      const inOrder = (rows: { order_id: string; step: number }[]) =>
        rows.filter((row) => row.order_id === key).map((row) => row.step);
      expect(inOrder(handled)).toEqual(inOrder(commits));
    }
  });

  const emitted = (orderId: string, step = 1) => orderPlaced({ orderId, step });
  const inTransaction = <T>(work: (manager: EntityManager) => Promise<T>) => database.dataSource.transaction(work);
  /** Whether the work is still waiting after a while that is long for a free lock. */
  const waits = async (work: Promise<unknown>) => Promise.race([work.then(() => false), sleep(500).then(() => true)]);

  it("locks shards instead of thousands of keys, and still excludes whoever emits for one of them", async () => {
    let single: Promise<void> = Promise.resolve();
    await inTransaction(async (manager) => {
      await emitAll(
        manager,
        Array.from({ length: 200 }, (_, index) => emitted(`k${index}`)),
        EVENT,
      );
      const [locks] = await manager.query(
        `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory'
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect(locks.n).toBeLessThanOrEqual(16);
      single = inTransaction((other) => emit(other, emitted("k7", 2), EVENT));
      expect(await waits(single)).toBe(true);
    });
    await single;
  });

  it("does not let transactions of many keys wait for each other in a circle", async () => {
    const few = (orders: readonly string[]) => orders.map((order) => emitted(order));
    const keys = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const many = Array.from({ length: 80 }, (_, index) => `m${index}`);
    const work = [keys, [...keys].reverse(), many, [...many, ...keys], keys.slice(3), [...many].reverse()];
    const rounds = Array.from({ length: 10 }, () => work).flat();
    const done = await Promise.allSettled(rounds.map((orders) => inTransaction((m) => emitAll(m, few(orders), EVENT))));
    expect(done.filter((one) => one.status === "rejected")).toEqual([]);
  });

  it("gives the key back with the savepoint that took it", async () => {
    await inTransaction(async (manager) => {
      await manager
        .transaction(async (inner) => {
          await emit(inner, emitted("undone"), EVENT);
          throw new Error("undo");
        })
        .catch(() => undefined);
      expect(await waits(inTransaction((other) => emit(other, emitted("undone", 2), EVENT)))).toBe(false);
    });
  });

  it("fans out to a consumer that subscribes while the table is empty, once it has copied what came before", async () => {
    await database.dataSource.query("DELETE FROM seamcut_outbox");
    await database.dataSource.query("DELETE FROM seamcut_inbox");
    await database.dataSource.query("DELETE FROM seamcut_subscription");
    let draining: Promise<unknown> = Promise.resolve();
    await inTransaction(async (manager) => {
      // What a subscription does that copies older events.
      await manager.query("LOCK TABLE seamcut_subscription IN EXCLUSIVE MODE");
      await inTransaction((other) => emit(other, emitted("during"), EVENT));
      draining = relay(shop.runtime, { owner: "relay", leaseMs: 20_000, batch: 10 });
      expect(await waits(draining)).toBe(true);
      await manager.query(
        "INSERT INTO seamcut_subscription (consumer, type, origin, mode) VALUES ('late', $1, 'native', 'event')",
        [orderPlaced.type],
      );
    });
    await draining;
    const placed = await database.dataSource.query("SELECT consumer FROM seamcut_inbox");
    expect(placed).toEqual([{ consumer: "late" }]);
  });

  it("keeps nothing in a session, so that it works behind a pooler of transactions", async () => {
    const held = await database.dataSource.query(
      "SELECT locktype FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE datname = current_database() AND locktype = 'advisory'",
    );
    expect(held).toEqual([]);
    const settings = await Promise.all(
      Array.from({ length: 24 }, () => database.dataSource.query("SHOW idle_in_transaction_session_timeout")),
    );
    expect(new Set(settings.map(([row]) => row.idle_in_transaction_session_timeout))).toEqual(new Set(["0"]));
  });

  it("does not lose its tables to schema sync", async () => {
    await database.dataSource.synchronize();
    expect(await database.dataSource.query("SELECT to_regclass('seamcut_outbox')::text AS name")).toEqual([
      { name: "seamcut_outbox" },
    ]);
  });
});
