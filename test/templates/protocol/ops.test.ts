import { expect, vi } from "vitest";
import { on } from "#seamcut/handlers";
import { purge, redrive, setMode, status } from "#seamcut/ops";
import { relay } from "#seamcut/relay";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachDatabase, RELAY } from "../suite.ts";

onEachDatabase("ops", (suite, test) => {
  test("exhausted messages are set aside, and come back on request", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    let broken = true;
    const inner = recordingHandler("mailing");
    const handler = on(orderPlaced, async (payload, context) => {
      if (broken) throw new Error("mail server\u0000 gone");
      await inner.handle(payload, context);
    });
    suite.shop.consumers.push(consumerOf("mailing", [handler], { maxAttempts: 2 }));
    await suite.place("o1");
    await vi.waitFor(async () => {
      await suite.deliver();
      expect(await suite.count("seamcut_dead_letter")).toBe(1);
    });
    const { database } = suite.shop.runtime;
    expect((await status(database)).consumers).toMatchObject([{ consumer: "mailing", pending: 0, dead: 1 }]);
    expect(suite.alarms().at(-1)).toBe("dead-letter");
    broken = false;
    expect(await redrive(database, "mailing")).toBe(1);
    expect(await redrive(database, "mailing")).toBe(0);
    await suite.deliver();
    expect(await effects(suite.database)).toHaveLength(1);
    expect((await status(database)).consumers).toMatchObject([{ consumer: "mailing", pending: 0, dead: 0 }]);
  });

  test("one dead letter alone comes back when it is named", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const failing = on(orderPlaced, () => Promise.reject(new Error("gone")));
    suite.shop.consumers.push(consumerOf("mailing", [failing], { maxAttempts: 1 }));
    await suite.place("o1");
    await suite.place("o2");
    await suite.deliver();
    const [first] = await suite.sql<{ message_id: string }>("SELECT message_id FROM seamcut_dead_letter");
    expect(await redrive(suite.shop.runtime.database, "mailing", first?.message_id)).toBe(1);
    expect(await suite.sql("SELECT 1 FROM seamcut_inbox WHERE processed_at IS NULL")).toHaveLength(1);
  });

  test("status says what waits, also for a consumer without subscription", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    await suite.place("o2");
    await suite.sql("DELETE FROM seamcut_subscription");
    const now = await status(suite.shop.runtime.database);
    expect(now).toMatchObject({ outboxPending: 1, consumers: [{ consumer: "stock", pending: 1, blockedKeys: 0 }] });
    expect(now.outboxOldestSeconds).toBeGreaterThanOrEqual(0);
    expect(now.outboxOldestSeconds).toBeLessThan(60);
  });

  test("handled messages are forgotten after a while, in batches; waiting ones never", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    for (let step = 0; step < 7; step++) await suite.place(`o${step}`, step);
    await suite.deliver();
    await suite.place("o8");
    await relay(suite.shop.runtime, RELAY);
    expect(await purge(suite.shop.runtime.database, 7, 3)).toBe(0);
    await suite.sql("UPDATE seamcut_inbox SET processed_at = '2020-01-01 00:00:00' WHERE processed_at IS NOT NULL");
    expect(await purge(suite.shop.runtime.database, 7, 3)).toBe(7);
    expect(await suite.count("seamcut_inbox")).toBe(1);
  });

  test("a switch that is not there is not flipped in silence", async () => {
    await expect(setMode(suite.shop.runtime.database, "mailing", orderPlaced.type, "event")).rejects.toThrow(
      "mailing has no subscription to orders.order-placed",
    );
  });
});
