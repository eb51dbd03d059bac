import { expect, vi } from "vitest";
import { on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { purge, redrive, replay, setMode, status } from "#seamcut/ops";
import { relay } from "#seamcut/relay";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe } from "../shop-events.ts";
import { INBOX, onEachDatabase, RELAY } from "../suite.ts";

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

  test("status shows what blocks a key, and what was set aside, with cause and attempts", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await subscribe(suite.database, "stock", "native", "event");
    const failing = on(orderPlaced, () => Promise.reject(new Error("gone")));
    suite.shop.consumers.push(
      consumerOf("mailing", [failing], { maxAttempts: 1 }),
      consumerOf("stock", [failing], { maxAttempts: 1, onExhausted: "block" }),
    );
    await suite.place("o1", 1);
    await suite.place("o1", 2);
    await relay(suite.shop.runtime, RELAY);
    for (const consumer of suite.shop.consumers) await handleDue(suite.shop.runtime, consumer, INBOX);
    const now = await status(suite.shop.runtime.database);
    const one = { type: orderPlaced.type, key: "orders/o1", attempts: 1, error: "gone" };
    expect(now.blocked).toMatchObject([{ consumer: "stock", ...one }]);
    expect(now.deadLetters).toMatchObject([{ stage: "inbox", consumer: "mailing", ...one }]);
    expect(Date.parse(now.deadLetters[0]?.failedAt ?? "")).toBeGreaterThan(Date.now() - 600_000);
    expect(now.consumers).toMatchObject([
      { consumer: "mailing", pending: 1, blockedKeys: 0, dead: 1 },
      { consumer: "stock", pending: 2, blockedKeys: 1, dead: 0 },
    ]);
    await suite.sql("UPDATE seamcut_dead_letter SET stage = 'relay', consumer = ''");
    const refused = await status(suite.shop.runtime.database);
    expect(refused.deadLetters).toMatchObject([{ stage: "relay", consumer: "", ...one }]);
    expect(refused.consumers.map(({ consumer }) => consumer)).toEqual(["mailing", "stock"]);
  });

  test("what was handled is handled once more on request, in its order and before what came since", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    const start = new Date(Date.now() - 600_000);
    for (const step of [1, 2]) await suite.place("o1", step);
    await suite.deliver();
    await suite.sql("UPDATE seamcut_inbox SET processed_at = '2020-01-01 00:00:00'");
    for (const step of [3, 4]) await suite.place("o1", step);
    await suite.deliver();
    const { database } = suite.shop.runtime;
    expect(await replay(database, "stock", { since: start })).toBe(0);
    expect(await replay(database, "mailing", { since: start, type: "orders.order-paid" })).toBe(0);
    expect(await replay(database, "mailing", { since: start, type: orderPlaced.type })).toBe(2);
    await suite.place("o1", 5);
    await suite.deliver();
    expect((await effects(suite.database)).map((row) => row.step)).toEqual([1, 2, 3, 4, 3, 4, 5]);
    expect(await replay(database, "mailing", { since: new Date(0) })).toBe(5);
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
