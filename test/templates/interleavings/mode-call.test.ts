import type { EntityManager } from "typeorm";
import { expect } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { sqlOf } from "#seamcut/orm";
import { insertOutbox, type OutboxRow } from "#seamcut/store";
import { orderPlaced } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("mode call never breaks business", (suite, test) => {
  const CALLED = { modes: { mailing: "call" }, calls: () => true } as const;
  const row = (orderId: string): OutboxRow => ({
    id: "00000000-0000-4000-8000-000000000001",
    aggregatetype: "orders",
    aggregateid: orderId,
    type: orderPlaced.type,
    payload: { orderId, step: 1 },
    headers: {},
    shard: 0,
  });
  const orders = async () => (await suite.sql<{ id: string }>("SELECT id FROM orders ORDER BY id")).map(({ id }) => id);

  test("what the database refuses undoes nothing of the caller's transaction", async () => {
    const business = (record: (manager: EntityManager) => Promise<void>) =>
      suite.inTransaction(async (manager) => {
        await suite.write(manager, "before", 1);
        await record(manager);
        await suite.write(manager, "after", 1);
      });
    const tooLong = "x".repeat(300);
    // Naive: the insert alone. PostgreSQL refuses everything that comes after it.
    await expect(business((manager) => insertOutbox(sqlOf(manager), [row(tooLong)]))).rejects.toThrow();
    expect(await orders()).toEqual([]);
    await business((manager) => emit(manager, orderPlaced({ orderId: tooLong, step: 1 }), CALLED));
    expect(await orders()).toEqual(["after", "before"]);
    expect(suite.alarms()).toEqual(["emit-failed"]);
  });

  test("nobody waits for a migration that holds the table", async () => {
    const migration = suite.database.dataSource.createQueryRunner();
    const isMysql = suite.database.url.startsWith("mysql");
    await migration.startTransaction();
    await migration.query(
      isMysql ? "LOCK TABLES seamcut_outbox WRITE" : "LOCK TABLE seamcut_outbox IN ACCESS EXCLUSIVE MODE",
    );
    // Naive: the insert alone waits for as long as the migration takes.
    const naive = suite.inTransaction((manager) => insertOutbox(sqlOf(manager), [row("naive")]));
    await suite.untilWaiting();
    await suite.place("called", 1, CALLED);
    expect(suite.alarms()).toEqual(["emit-failed"]);
    expect(await orders()).toEqual(["called"]);
    if (isMysql) await migration.query("UNLOCK TABLES");
    await migration.rollbackTransaction();
    await migration.release();
    await naive;
  });

  test("nobody waits for a key that somebody else has locked", async () => {
    await suite.inTransaction(async (manager) => {
      await emit(manager, orderPlaced({ orderId: "held", step: 1 }), EVENT);
      // Naive: the same event in mode event waits.
      const naive = suite.inTransaction((other) => emit(other, orderPlaced({ orderId: "held", step: 2 }), EVENT));
      await suite.untilWaiting();
      await suite.inTransaction((other) => emit(other, orderPlaced({ orderId: "held", step: 3 }), CALLED));
      expect(await suite.count("seamcut_outbox")).toBe(1);
      void naive;
    });
    expect(suite.alarms()).toEqual([]);
  });

  test("a deadlock that took the whole transaction with it is not passed over in silence", async () => {
    const event = orderPlaced({ orderId: "contended", step: 1 });
    let otherHoldsTheEvent: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      otherHoldsTheEvent = resolve;
    });
    let mineIsWritten: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      mineIsWritten = resolve;
    });
    const other = suite.inTransaction(async (manager) => {
      // The one that has done more stays: MySQL ends the smaller of two.
      for (let index = 0; index < 50; index++) await suite.write(manager, `other ${index}`, 1);
      await emit(manager, event, CALLED);
      otherHoldsTheEvent();
      await written;
      await suite.write(manager, "contended", 2);
    });
    const mine = suite.inTransaction(async (manager) => {
      await suite.write(manager, "mine before", 1);
      await suite.write(manager, "contended", 1);
      await held;
      mineIsWritten();
      await suite.untilWaiting();
      await emit(manager, event, CALLED);
      await suite.write(manager, "mine after", 1);
    });
    const [outcome] = await Promise.allSettled([mine, other]);
    // Naive: the failed return to the savepoint was an alarm only, and what came after was committed by itself.
    const expected = outcome.status === "fulfilled" ? ["mine after", "mine before"] : [];
    expect((await orders()).filter((id) => id.startsWith("mine"))).toEqual(expected);
  });
});
