import type { EntityManager } from "typeorm";
import { expect } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit, emitAll } from "#seamcut/emit";
import { orderPlaced } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("locks of keys", (suite, test) => {
  const placed = (orderId: string, step = 1) => orderPlaced({ orderId, step });

  test("12,000 keys in one transaction do not fill the server's lock table", async () => {
    const keys = Array.from({ length: 12_000 }, (_, index) => `k${index}`);
    // Naive, a lock for each key: error 53200 (out of shared memory), here and for everybody else on the server.
    await suite.inTransaction((manager) =>
      emitAll(
        manager,
        keys.map((key) => placed(key)),
        EVENT,
      ),
    );
    expect(await suite.count("seamcut_outbox")).toBe(12_000);
  });

  /** Two transactions on one order, each as far as its first step before either takes its second. */
  const two = async (first: (manager: EntityManager, step: number) => Promise<void>, second: typeof first) => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isFirst = true;
    const leader = suite.inTransaction(async (manager) => {
      await first(manager, 1);
      release();
      // The follower has come as far as the leader's lock lets it.
      await suite.untilWaiting();
      await second(manager, 1);
      isFirst = false;
    });
    await released;
    const follower = suite.inTransaction(async (manager) => {
      await first(manager, 2);
      await second(manager, 2);
    });
    await Promise.all([leader, follower]);
    expect(isFirst).toBe(false);
  };
  const write = (manager: EntityManager, step: number) => suite.write(manager, "o1", step);
  const record = (manager: EntityManager, step: number) => emit(manager, placed("o1", step), EVENT);

  test("everybody who writes and then emits waits for the row, never in a circle", async () => {
    await two(write, record);
    const rows = await suite.sql<{ payload: { step: number } | string }>(
      "SELECT payload FROM seamcut_outbox ORDER BY seq",
    );
    const steps = rows.map(({ payload }) => (typeof payload === "string" ? JSON.parse(payload) : payload).step);
    expect(steps).toEqual([1, 2]);
  });

  test("one who emits first and one who writes first wait in a circle, and one of them is ended", async () => {
    // Naive: `emit` anywhere in the transaction.
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    let emitted: () => void = () => undefined;
    const isEmitted = new Promise<void>((resolve) => {
      emitted = resolve;
    });
    const outcome = await Promise.allSettled([
      suite.inTransaction(async (manager) => {
        await write(manager, 1);
        written();
        await isEmitted;
        await record(manager, 1);
      }),
      suite.inTransaction(async (manager) => {
        await record(manager, 2);
        emitted();
        await isWritten;
        await write(manager, 2);
      }),
    ]);
    const ended = outcome.filter((one) => one.status === "rejected");
    expect(ended.map((one) => String(one.reason))).toEqual([expect.stringMatching(/deadlock/i)]);
  });

  test("a savepoint that is rolled back takes its event along, and the order of commits stays", async () => {
    await suite.inTransaction(async (manager) => {
      await manager
        .transaction(async (inner) => {
          await emit(inner, placed("o1", 1), EVENT);
          throw new Error("undone");
        })
        .catch(() => undefined);
      await emit(manager, placed("o1", 2), EVENT);
    });
    await suite.inTransaction((manager) => emit(manager, placed("o1", 3), EVENT));
    const rows = await suite.sql<{ payload: { step: number } | string }>(
      "SELECT payload FROM seamcut_outbox ORDER BY seq",
    );
    const steps = rows.map(({ payload }) => (typeof payload === "string" ? JSON.parse(payload) : payload).step);
    expect(steps).toEqual([2, 3]);
  });
});
