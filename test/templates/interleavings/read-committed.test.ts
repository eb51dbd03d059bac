import { expect } from "vitest";
import type { Database } from "#seamcut/database";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { drainBatch, leaseShards } from "#seamcut/store";
import { orderPlaced, subscribe } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("a drain that takes its time", (suite, test) => {
  /** Runs `meanwhile` when a batch has been moved and its transaction is still open. */
  const during = (database: Database, meanwhile: () => Promise<void>): Database => ({
    query: database.query,
    transaction: (work) =>
      database.transaction(async (sql, tx) => {
        const query: typeof sql.query = async (text, parameters) => {
          const rows = await sql.query<never>(text, parameters);
          if (text.includes("DELETE FROM seamcut_outbox")) await meanwhile();
          return rows;
        };
        return work({ query }, tx);
      }),
  });
  const emitElsewhere = () =>
    suite.inTransaction(async (manager) => {
      if (suite.database.url.startsWith("mysql")) await manager.query("SET SESSION innodb_lock_wait_timeout = 1");
      await emit(manager, orderPlaced({ orderId: "meanwhile", step: 1 }), EVENT);
    });

  test("holds up nobody who emits", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    await suite.place("o1");
    await leaseShards(suite.shop.runtime.database, "slow", 10_000);
    const database = during(suite.shop.runtime.database, emitElsewhere);
    expect((await drainBatch(database, "slow", 10, 10_000)).moved).toBe(1);
    expect(await suite.count("seamcut_outbox")).toBe(1);
  });

  test("would hold them up under MySQL's own isolation", async ({ skip }) => {
    if (!suite.database.url.startsWith("mysql")) skip("READ COMMITTED is the default there");
    await suite.place("o1");
    const lockTheBatch = (isolation: "READ COMMITTED" | "REPEATABLE READ") =>
      suite.database.dataSource.transaction(isolation, async (manager) => {
        await manager.query("SELECT seq FROM seamcut_outbox ORDER BY seq LIMIT 10 FOR UPDATE");
        await emitElsewhere();
      });
    // Naive: a relay that locks its batch under REPEATABLE READ locks the place of the next event as well.
    await expect(lockTheBatch("REPEATABLE READ")).rejects.toThrow(/lock wait timeout/i);
    await lockTheBatch("READ COMMITTED");
  });
});
