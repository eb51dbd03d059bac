import { expect, vi } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { register, unregister } from "#seamcut/runtime";
import { startWorkers } from "#seamcut/workers";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("without a hook on the commit", (suite, test) => {
  const AN_HOUR = 3_600_000;

  /** Workers that say how often they have looked into the outbox. */
  const workersWith = (idleMs: number) => {
    let looks = 0;
    const { database } = suite.shop.runtime;
    const counting = (text: string) => {
      if (text.includes("seamcut_outbox_shard") && text.includes("SKIP LOCKED")) looks++;
    };
    const runtime = register({
      consumers: () => [consumerOf("stock", [recordingHandler("stock")])],
      hooks: suite.shop.runtime.hooks,
      database: {
        query: (text, parameters) => {
          counting(text);
          return database.query(text, parameters);
        },
        transaction: (work) =>
          database.transaction((sql, tx) => {
            const query: typeof sql.query = (text, parameters) => {
              counting(text);
              return sql.query(text, parameters);
            };
            return work({ query }, tx);
          }),
      },
    });
    const workers = startWorkers(runtime, { idleMs });
    const looked = (times: number) =>
      vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(times), { timeout: 20_000, interval: 1 });
    const stop = async () => {
      await workers.stop();
      unregister(runtime);
    };
    return { looked, looks: () => looks, stop };
  };

  test("an event that was not committed yet at the first look is found by the next ones", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    const workers = workersWith(AN_HOUR);
    await workers.looked(1);
    // Naive: one look at the emit. The event would wait for an hour.
    await suite.inTransaction(async (manager) => {
      const before = workers.looks();
      await emit(manager, orderPlaced({ orderId: "o1", step: 1 }), EVENT);
      await workers.looked(before + 1);
    });
    await vi.waitFor(async () => expect(await effects(suite.database)).toHaveLength(1), { timeout: 20_000 });
    await workers.stop();
  });

  test("an event that took longer than that, or came from elsewhere, is found by polling", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    const workers = workersWith(100);
    await suite.inTransaction(async (manager) => {
      const before = workers.looks();
      await emit(manager, orderPlaced({ orderId: "o1", step: 1 }), EVENT);
      // Four at the emit and after it, and one that came by itself.
      await workers.looked(before + 5);
    });
    await vi.waitFor(async () => expect(await effects(suite.database)).toHaveLength(1), { timeout: 20_000 });
    await workers.stop();
  });
});
