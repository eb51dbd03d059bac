import { setTimeout as sleep } from "node:timers/promises";
import type { EntityManager } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sql } from "#seamcut/database";
import { EVENT } from "#seamcut/decide";
import { emit, emitAll } from "#seamcut/emit";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { unregister } from "#seamcut/runtime";
import { findHeads } from "#seamcut/store";
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

  it("passes over a blocked key with 100,000 messages behind it", async () => {
    await database.dataSource.query("DELETE FROM seamcut_inbox");
    await database.dataSource.query(`
      INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, next_attempt_at)
      SELECT 'stock', gen_random_uuid(), 'orders.order-placed', 'orders/blocked', n, '{}', now() + interval '1 hour'
      FROM generate_series(1, 100000) n`);
    await database.dataSource.query(`
      INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload)
      VALUES ('stock', gen_random_uuid(), 'orders.order-placed', 'orders/free', 200000, '{}')`);
    await database.dataSource.query("ANALYZE seamcut_inbox");
    // Counted in blocks, not in time: what a busy machine does to one query says nothing about the plan.
    const blocksOf = async (text: string, parameters: readonly unknown[] = []) => {
      const [row] = await database.dataSource.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, [...parameters]);
      const { Plan } = row["QUERY PLAN"][0];
      return (Plan["Shared Hit Blocks"] as number) + (Plan["Shared Read Blocks"] as number);
    };
    const naive = await blocksOf(`
      SELECT message_id FROM seamcut_inbox i WHERE consumer = 'stock' AND processed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM seamcut_inbox e WHERE e.consumer = i.consumer AND e.partition_key = i.partition_key
                          AND e.processed_at IS NULL AND e.seq < i.seq LIMIT 1)
        AND next_attempt_at <= now() LIMIT 10`);
    let skipScan = Number.NaN;
    const counting: Sql = {
      query: async (text, parameters) => {
        skipScan = await blocksOf(text, parameters);
        return shop.runtime.database.query(text, parameters);
      },
    };
    const heads = await findHeads(counting, "stock", [orderPlaced.type], "", 10);
    expect(heads.map((head) => head.partition_key)).toEqual(["orders/free"]);
    expect(skipScan).toBeLessThan(naive / 20);
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
      const [locks] = await manager.query("SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory'");
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

  it("in mode call nobody waits: neither for a key nor for a migration of the table", async () => {
    const called = { modes: { stock: "call" }, calls: () => true } as const;
    const before = shop.alarms.length;
    await inTransaction(async (manager) => {
      await emit(manager, emitted("held"), EVENT);
      expect(await waits(inTransaction((other) => emit(other, emitted("held", 2), called)))).toBe(false);
    });
    await inTransaction(async (manager) => {
      await manager.query("LOCK TABLE seamcut_outbox IN ACCESS EXCLUSIVE MODE");
      const business = inTransaction(async (other) => {
        await emit(other, emitted("migrated"), called);
        await other.query("INSERT INTO commits (order_id, step) VALUES ('after', 1)");
      });
      expect(await waits(business)).toBe(false);
    });
    expect(shop.alarms.slice(before).map((alarm) => alarm.kind)).toEqual(["emit-failed"]);
    expect(await database.dataSource.query("SELECT 1 FROM commits WHERE order_id = 'after'")).toHaveLength(1);
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
