import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { type Handler, on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { claim, findHeads } from "#seamcut/store";
import {
  consumerOf,
  effects,
  orderPlaced,
  orderViewed,
  recordingHandler,
  subscribe,
  writeEffect,
} from "../shop-events.ts";
import { INBOX, onEachDatabase, RELAY } from "../suite.ts";

onEachDatabase("handling", (suite, test) => {
  const heads = () => findHeads(suite.shop.runtime.database, "mailing", [orderPlaced.type], "", 10);

  test("a handler that fails after the callee's write and before the mark has one effect", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    let deliveries = 0;
    const inner = recordingHandler("mailing");
    const failing: Handler = on(orderPlaced, async (payload, context) => {
      await inner.handle(payload, context);
      if (++deliveries === 1) throw new Error("killed before the mark");
    });
    suite.shop.consumers.push(consumerOf("mailing", [failing]));
    await suite.place("o1");
    await vi.waitFor(async () => {
      await suite.deliver();
      expect(deliveries).toBe(2);
    });
    expect(await effects(suite.database)).toHaveLength(1);
  });

  test("a key keeps its order when its first message fails, and other keys go on", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    let broken = true;
    const inner = recordingHandler("stock");
    const handler: Handler = on(orderPlaced, async (payload, context) => {
      if (broken && payload.orderId === "a" && payload.step === 1) throw new Error("not now");
      await inner.handle(payload, context);
    });
    suite.shop.consumers.push(consumerOf("stock", [handler], { onExhausted: "block", maxAttempts: 2 }));
    await suite.place("a", 1);
    await suite.place("a", 2);
    await suite.place("b", 1);
    await suite.deliver();
    expect((await effects(suite.database)).map((row) => row.order_id)).toEqual(["b"]);
    broken = false;
    await suite.makeDue();
    await suite.deliver();
    const handled = await effects(suite.database);
    expect(handled.map((row) => `${row.order_id}${row.step}`)).toEqual(["b1", "a1", "a2"]);
    const attempts = await suite.sql<{ attempts: number }>(
      "SELECT attempts FROM seamcut_inbox WHERE partition_key = 'orders/a' ORDER BY seq",
    );
    expect(attempts[1]?.attempts).toBe(1);
  });

  test("attempts count when the handler starts, not when a batch is claimed", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const stopping = new AbortController();
    const handler = on(orderPlaced, async () => stopping.abort());
    const consumer = consumerOf("mailing", [handler]);
    for (const orderId of ["a", "b", "c"]) await suite.place(orderId);
    await relay(suite.shop.runtime, RELAY);
    expect(await handleDue(suite.shop.runtime, consumer, { ...INBOX, signal: stopping.signal })).toBe(1);
    // Naive, a batch that is claimed at once: 1, 1, 1. Messages that never ran would be exhausted.
    const rows = await suite.sql<{ attempts: number }>("SELECT attempts FROM seamcut_inbox ORDER BY seq");
    expect(rows.map((row) => row.attempts).sort()).toEqual([0, 0, 1]);
  });

  test("an exhausted message that blocks holds its key and says so; nothing of it is lost", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    const handler = on(orderPlaced, async () => {
      throw new Error("never works");
    });
    suite.shop.consumers.push(consumerOf("stock", [handler], { onExhausted: "block", maxAttempts: 2 }));
    await suite.place("a", 1);
    await suite.place("a", 2);
    for (let round = 0; round < 3; round++) {
      await suite.makeDue();
      await suite.deliver();
    }
    expect(suite.alarms()).toContain("blocked");
    expect(await suite.count("seamcut_dead_letter")).toBe(0);
    const rows = await suite.sql<{ attempts: number }>("SELECT attempts FROM seamcut_inbox ORDER BY seq");
    expect(rows[0]?.attempts).toBeGreaterThan(2);
    expect(rows[1]?.attempts).toBe(0);
  });

  test("a message that takes every process down with it is set aside in the end", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    for (let death = 0; death < 3; death++) {
      const [head] = await heads();
      await claim(suite.shop.runtime.database, "mailing", head?.message_id ?? "", 1);
      await sleep(20);
    }
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")], { maxAttempts: 3 }));
    await suite.deliver();
    expect(await effects(suite.database)).toEqual([]);
    expect(await suite.count("seamcut_dead_letter")).toBe(1);
  });

  test("an unknown type waits for a process that knows it, and an invalid payload is set aside", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await subscribe(suite.database, "mailing", "native", "event", orderViewed.type);
    const older = consumerOf("mailing", [on(orderViewed, async () => undefined)]);
    suite.shop.consumers.push(older);
    await suite.place("o1");
    await suite.deliver();
    expect(suite.alarms()).toEqual(["unknown-type"]);
    const [waiting] = await suite.sql("SELECT attempts, processed_at FROM seamcut_inbox");
    expect(waiting).toEqual({ attempts: 0, processed_at: null });
    // The newer process need not wait until the older one has looked away.
    suite.shop.consumers[0] = consumerOf("mailing", [recordingHandler("mailing")]);
    await suite.deliver();
    expect(await effects(suite.database)).toHaveLength(1);
    await suite.place("o2");
    await relay(suite.shop.runtime, RELAY);
    await suite.sql(`UPDATE seamcut_inbox SET payload = '{"orderId": 7}' WHERE processed_at IS NULL`);
    await suite.deliver();
    expect(await suite.count("seamcut_dead_letter")).toBe(1);
    expect(await effects(suite.database)).toHaveLength(1);
  });

  test("without decision and subscription nobody acts: the direct call may have been made", async () => {
    await subscribe(suite.database, "mailing", "migrating", "call");
    await suite.inTransaction((manager) => emit(manager, orderPlaced({ orderId: "o1", step: 1 })));
    await relay(suite.shop.runtime, RELAY);
    await suite.sql("DELETE FROM seamcut_subscription");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await suite.deliver();
    expect(await effects(suite.database)).toEqual([]);
    expect(suite.alarms()).toEqual(["unsubscribed-consumer"]);
    expect(await suite.sql("SELECT 1 FROM seamcut_inbox WHERE processed_at IS NULL")).toHaveLength(1);
  });

  test("external effects run outside a transaction, keep their claim, and know their message", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const seen: { tx: unknown; messageId: string }[] = [];
    const handler = on(orderPlaced, async (_payload, { tx, messageId }) => {
      seen.push({ tx, messageId });
      await sleep(400);
    });
    const consumer = consumerOf("mailing", [handler], { effects: "external" });
    suite.shop.consumers.push(consumer);
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    const short = { ...INBOX, claimMs: 150 };
    const first = handleDue(suite.shop.runtime, consumer, short);
    await sleep(250);
    expect(await handleDue(suite.shop.runtime, consumer, short)).toBe(0);
    await first;
    expect(seen).toHaveLength(1);
    expect(seen[0]?.tx).toBeUndefined();
    expect(seen[0]?.messageId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a message that nobody marked is handled again after its claim has run out", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    const [head] = await heads();
    const dead = await claim(suite.shop.runtime.database, "mailing", head?.message_id ?? "", 100);
    expect(dead?.attempts).toBe(1);
    expect(await claim(suite.shop.runtime.database, "mailing", head?.message_id ?? "", 100)).toBeNull();
    await sleep(150);
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await suite.deliver();
    expect(await effects(suite.database)).toHaveLength(1);
  });

  test("a handler that outlives its claim keeps its message: nobody waits for it, nobody repeats it", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const slow = on(orderPlaced, async (payload, { tx }) => {
      for (let busy = 0; busy < 12; busy++) {
        await sleep(150);
        await tx.query("SELECT 1");
      }
      await writeEffect(tx, "mailing", payload);
    });
    const consumer = consumerOf("mailing", [slow]);
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    const short = { ...INBOX, claimMs: 600 };
    const first = handleDue(suite.shop.runtime, consumer, short);
    await sleep(1000);
    const start = performance.now();
    expect(await handleDue(suite.shop.runtime, consumerOf("mailing", [slow]), short)).toBe(0);
    // The slow one has at least 800 ms to go.
    if (suite.database.parallel) expect(performance.now() - start).toBeLessThan(700);
    await first;
    expect(await effects(suite.database)).toHaveLength(1);
    expect(await heads()).toEqual([]);
  });

  test("a stale worker does not set aside what another one is handling", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    const stale = on(orderPlaced, async () => {
      await sleep(60);
      const [head] = await heads();
      await claim(suite.shop.runtime.database, "mailing", head?.message_id ?? "", 5000);
      throw new Error("came back too late");
    });
    const consumer = consumerOf("mailing", [stale], { effects: "external", maxAttempts: 1 });
    vi.spyOn(globalThis, "setInterval").mockImplementationOnce(() => undefined as never);
    await handleDue(suite.shop.runtime, consumer, { ...INBOX, claimMs: 20 });
    expect(await suite.count("seamcut_dead_letter")).toBe(0);
    expect(await suite.sql("SELECT attempts FROM seamcut_inbox")).toEqual([{ attempts: 2 }]);
  });

  test("nothing runs while older events are being filled in", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    await suite.sql("UPDATE seamcut_subscription SET state = 'backfilling'");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await suite.place("o1", 1, EVENT);
    await suite.deliver();
    expect(await effects(suite.database)).toEqual([]);
    expect(await suite.count("seamcut_outbox")).toBe(0);
    await suite.sql("UPDATE seamcut_subscription SET state = 'live'");
    await suite.deliver();
    expect(await effects(suite.database)).toHaveLength(1);
  });

  test("events without a key do not wait for one another", async () => {
    await subscribe(suite.database, "mailing", "native", "event", orderViewed.type);
    const seen: string[] = [];
    const handler = on(orderViewed, async ({ page }) => {
      if (page === "/broken") throw new Error("not this one");
      seen.push(page);
    });
    suite.shop.consumers.push(consumerOf("mailing", [handler], { onExhausted: "block" }));
    for (const page of ["/broken", "/a", "/b"]) {
      await suite.inTransaction((manager) => emit(manager, orderViewed({ page }), EVENT));
    }
    await suite.deliver();
    expect(seen.sort()).toEqual(["/a", "/b"]);
  });
});
