import { afterEach, expect, vi } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit, emitAll } from "#seamcut/emit";
import { on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { leaseShards } from "#seamcut/store";
import { consumerOf, effects, orderPlaced, orderViewed, recordingHandler, subscribe } from "../shop-events.ts";
import { INBOX, onEachServer, RELAY } from "../suite.ts";

const AN_HOUR = 3_600_000;

onEachServer("what should not be, and is", (suite, test) => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const handled = async () => (await effects(suite.database)).map((row) => `${row.order_id} ${row.step}`);

  test.each(["null", "[]", '"text"', '{"orderId": {}}', '{"orderId": "o1", "step": 1.5}', '{"orderId": "o1"}'])(
    "a payload that no contract knows (%s) is set aside, and the next of its key goes on",
    async (payload) => {
      await subscribe(suite.database, "stock", "native", "event");
      suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
      await suite.place("o1", 1);
      await suite.place("o1", 2);
      await relay(suite.shop.runtime, RELAY);
      const [first] = await suite.sql<{ message_id: string }>(
        "SELECT message_id FROM seamcut_inbox ORDER BY seq LIMIT 1",
      );
      await suite.sql("UPDATE seamcut_inbox SET payload = ? WHERE message_id = ?", [payload, first?.message_id]);
      await suite.deliver();
      expect(await handled()).toEqual(["o1 2"]);
      expect(await suite.sql("SELECT message_id FROM seamcut_dead_letter")).toEqual([first]);
    },
  );

  test("a payload that breaks its own check does not stop the messages of others", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    const inner = recordingHandler("stock");
    const contract = {
      ...orderPlaced,
      problems: (payload: { orderId: string }) => {
        if (payload.orderId === "a") throw new RangeError("Maximum call stack size exceeded");
        return [];
      },
    };
    const handler = on(contract as unknown as typeof orderPlaced, (payload, context) => inner.handle(payload, context));
    await suite.place("a");
    await suite.place("b");
    await relay(suite.shop.runtime, RELAY);
    const consumer = consumerOf("stock", [handler], { maxAttempts: 1 });
    expect(await handleDue(suite.shop.runtime, consumer, INBOX)).toBe(2);
    expect(await handled()).toEqual(["b 1"]);
    expect(await suite.count("seamcut_dead_letter")).toBe(1);
    expect(suite.alarms()).toEqual(["dead-letter"]);
  });

  test("a megabyte arrives as it was sent", async () => {
    await subscribe(suite.database, "stock", "native", "event", orderViewed.type);
    const page = "é".repeat(1_000_000);
    let length = 0;
    const handler = on(orderViewed, async (payload) => {
      length = payload.page === page ? payload.page.length : -1;
    });
    suite.shop.consumers.push(consumerOf("stock", [handler]));
    await suite.inTransaction((manager) => emit(manager, orderViewed({ page }), EVENT));
    await suite.deliver();
    expect(length).toBe(1_000_000);
  });

  test("many large events in one transaction fit into what one statement may hold", async () => {
    const page = "x".repeat(500_000);
    const events = Array.from({ length: 60 }, () => orderViewed({ page }));
    // Naive: one statement for all. 30 megabytes are more than MariaDB takes in one packet.
    await suite.inTransaction((manager) => emitAll(manager, events, EVENT));
    expect(await suite.count("seamcut_outbox")).toBe(60);
  });

  test.each([AN_HOUR, -AN_HOUR])(
    "an application whose clock is %d ms off takes and keeps what is its own",
    async (off) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + off });
      await subscribe(suite.database, "stock", "native", "event");
      let failures = 0;
      const inner = recordingHandler("stock");
      const handler = on(orderPlaced, async (payload, context) => {
        if (payload.step === 1 && failures++ === 0) throw new Error("not yet");
        await inner.handle(payload, context);
      });
      suite.shop.consumers.push(consumerOf("stock", [handler]));
      await suite.place("o1", 1);
      await suite.place("o1", 2);
      // Naive, expiry by the application's clock: leases that never end, or that anybody may take at once.
      expect(await leaseShards(suite.shop.runtime.database, RELAY.owner, RELAY.leaseMs)).toHaveLength(16);
      vi.useRealTimers();
      expect(await leaseShards(suite.shop.runtime.database, "another", RELAY.leaseMs)).toEqual([]);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + off });
      await vi.waitFor(async () => {
        await suite.deliver();
        expect(await handled()).toEqual(["o1 1", "o1 2"]);
      });
    },
  );

  test("an unknown type is reported again after a while, although the clock was set back", async () => {
    vi.useFakeTimers({ toFake: ["Date", "performance"], now: Date.now() + AN_HOUR });
    await subscribe(suite.database, "stock", "native", "event");
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    const consumer = consumerOf("stock", [on(orderViewed, async () => undefined)]);
    await handleDue(suite.shop.runtime, consumer, INBOX);
    await handleDue(suite.shop.runtime, consumer, INBOX);
    expect(suite.alarms()).toEqual(["unknown-type"]);
    vi.advanceTimersByTime(61_000);
    vi.setSystemTime(Date.now() - AN_HOUR);
    await handleDue(suite.shop.runtime, consumer, INBOX);
    expect(suite.alarms()).toEqual(["unknown-type", "unknown-type"]);
  });

  test("one event that is emitted twice is handled once, or refused while it still waits", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
    const event = orderPlaced({ orderId: "o1", step: 1 });
    const business = () =>
      suite.inTransaction(async (manager) => {
        await suite.write(manager, "o1", 1);
        await emit(manager, event, EVENT);
      });
    await business();
    await expect(business()).rejects.toThrow(/duplicate/i);
    await suite.deliver();
    await business();
    await suite.deliver();
    expect(await handled()).toEqual(["o1 1"]);
    expect(await suite.count("seamcut_outbox")).toBe(0);
  });
});
