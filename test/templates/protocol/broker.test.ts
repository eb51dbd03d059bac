import { beforeEach, expect } from "vitest";
import { type Outgoing, type Refused, relayToBroker, type Transport } from "#seamcut/broker";
import { accept, findMissing, skipMissing } from "#seamcut/broker-store";
import { BROKER_TABLES } from "#seamcut/broker-tables";
import { decide, EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { on } from "#seamcut/handlers";
import { leaseShards } from "#seamcut/store";
import { fromWire } from "#seamcut/wire";
import { consumerOf, effects, orderPlaced, orderViewed, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachDatabase, RELAY } from "../suite.ts";

/** Confirms everything, and keeps it. */
class Kept implements Transport {
  readonly sent: Outgoing[] = [];
  /** Runs before the confirmation. */
  before: (messages: readonly Outgoing[]) => Promise<readonly Refused[] | undefined> = async () => undefined;

  async publish(messages: readonly Outgoing[]): Promise<readonly Refused[]> {
    const refused = (await this.before(messages)) ?? [];
    const ids = refused.map(({ id }) => id);
    this.sent.push(...messages.filter(({ event }) => !ids.includes(event.id)));
    return refused;
  }

  subscribe(): Promise<never> {
    return Promise.reject(new Error("nobody listens"));
  }

  reset(): void {}

  async close(): Promise<void> {}

  /** `step version` of each message that was sent for a consumer. */
  numbers(consumer: string): string[] {
    return this.sent.map(({ event }) => {
      const { payload, versions } = fromWire(JSON.stringify(event));
      return `${(payload as { step: number } | null)?.step} ${versions[consumer]}`;
    });
  }
}

onEachDatabase("through a broker", (suite, test) => {
  let broker: Kept;
  const relay = (owner = "relay-a", over = {}) =>
    relayToBroker(suite.shop.runtime, broker, { ...RELAY, owner, ...over });
  const receive = async (index: number, consumer = "mailing") => {
    const sent = broker.sent[index];
    if (!sent) throw new Error("nothing was sent");
    return accept(suite.shop.runtime.database, consumer, [fromWire(JSON.stringify(sent.event))]);
  };
  const handled = async () => (await effects(suite.database)).map((row) => row.step);

  beforeEach(async () => {
    broker = new Kept();
    if (!suite.database) return;
    for (const statement of BROKER_TABLES) {
      await suite.sql(statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"));
    }
    for (const table of ["sent", "received", "early"]) await suite.sql(`DELETE FROM seamcut_${table}`);
    await subscribe(suite.database, "mailing", "native", "event");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
  });

  test("numbers the messages of a key for each consumer that has them, over all batches", async () => {
    await suite.place("o1", 1);
    await relay();
    await subscribe(suite.database, "reporting", "native", "event");
    for (const step of [2, 3]) await suite.place("o1", step);
    expect(await relay("relay-a", { batch: 1 })).toBe(2);
    expect(broker.numbers("mailing")).toEqual(["1 1", "2 2", "3 3"]);
    expect(broker.numbers("reporting")).toEqual(["1 undefined", "2 1", "3 2"]);
    expect(broker.sent.map(({ consumers }) => [...consumers].sort().join())).toEqual([
      "mailing",
      "mailing,reporting",
      "mailing,reporting",
    ]);
    expect(await suite.count("seamcut_outbox")).toBe(0);
  });

  test("an event that was decided for a consumer without subscription is sent to it all the same", async () => {
    await subscribe(suite.database, "stock", "migrating", "event");
    const decision = await decide(orderPlaced, "o1");
    await suite.sql("DELETE FROM seamcut_subscription WHERE consumer = 'stock'");
    await suite.place("o1", 1, decision);
    await relay();
    expect(broker.numbers("stock")).toEqual(["1 1"]);
    expect(suite.alarms()).toEqual(["unsubscribed-consumer"]);
  });

  test("a message without a key has no number, and nothing waits for it", async () => {
    await subscribe(suite.database, "mailing", "native", "event", orderViewed.type);
    await suite.inTransaction((manager) => emit(manager, orderViewed({ page: "/" }), EVENT));
    await relay();
    expect(broker.numbers("mailing")).toEqual(["undefined null"]);
    expect(await receive(0)).toBe(true);
    expect(await suite.count("seamcut_sent")).toBe(0);
    expect(await suite.count("seamcut_received")).toBe(0);
    expect(await suite.count("seamcut_inbox")).toBe(1);
  });

  test("a broker that does not confirm leaves everything as it was", async () => {
    await suite.place("o1", 1);
    broker.before = () => Promise.reject(new Error("away"));
    await expect(relay()).rejects.toThrow("away");
    expect(await suite.count("seamcut_outbox")).toBe(1);
    expect(await suite.count("seamcut_sent")).toBe(0);
    expect(await suite.count("seamcut_dead_letter")).toBe(0);
  });

  test("a relay that was overtaken while it published deletes and counts nothing", async () => {
    for (const step of [1, 2]) await suite.place("o1", step);
    const successor = new Kept();
    broker.before = async () => {
      await suite.sql(`UPDATE seamcut_outbox_shard SET expires_at = ${suite.database.past}`);
      // The successor takes the shards, sends all, and a third event that came in between.
      await suite.place("o1", 3);
      expect(await relayToBroker(suite.shop.runtime, successor, { ...RELAY, owner: "relay-b" })).toBe(3);
      await suite.sql("UPDATE seamcut_outbox_shard SET owner = NULL");
      // Even the old owner's own new lease is another one.
      expect(await leaseShards(suite.shop.runtime.database, "relay-a", 5000)).toHaveLength(16);
      await suite.place("o1", 4);
      broker.before = async () => undefined;
      return undefined;
    };
    await relay();
    expect(suite.alarms()).toEqual(["relay-failed"]);
    expect(await suite.count("seamcut_outbox")).toBe(1);
    const counted = await suite.sql<{ version: string }>("SELECT version FROM seamcut_sent");
    expect(counted.map((row) => Number(row.version))).toEqual([3]);
    await relay();
    broker.sent.push(...successor.sent);
    expect(broker.numbers("mailing").sort()).toEqual(["1 1", "1 1", "2 2", "2 2", "3 3", "4 4"]);
    for (const index of [0, 1, 3, 4, 5, 2]) await receive(index);
    await suite.deliver();
    expect(await handled()).toEqual([1, 2, 3, 4]);
  });

  test("what is refused is set aside once, and the next of its key is not held up", async () => {
    for (const step of [1, 2, 3]) await suite.place("o1", step);
    broker.before = async (messages) => {
      const big = messages.find(({ event }) => (event.data as { step: number } | null)?.step === 2);
      return big && [{ id: big.event.id, reason: "too large" }];
    };
    expect(await relay()).toBe(3);
    expect(broker.numbers("mailing")).toEqual(["1 1", "3 3", "undefined 2"]);
    expect(await suite.sql("SELECT stage, consumer, error FROM seamcut_dead_letter")).toEqual([
      { stage: "relay", consumer: "", error: "too large" },
    ]);
    for (const index of [0, 1, 2]) await receive(index);
    await suite.deliver();
    expect(await handled()).toEqual([1, 3]);
  });

  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 1, 0, 2]], [[0, 2, 0, 2, 1, 1]]])(
    "messages received as %j are handled in their order, once",
    async (order) => {
      for (const step of [1, 2, 3]) await suite.place("o1", step);
      await relay();
      for (const index of order) {
        await receive(index);
        await suite.deliver();
      }
      expect(await handled()).toEqual([1, 2, 3]);
      expect(await suite.count("seamcut_early")).toBe(0);
    },
  );

  test("batches of several keys, received by two processes at once and in other orders, are handled in theirs", async () => {
    for (const step of [1, 2, 3, 4]) for (const order of ["o1", "o2", "o3"]) await suite.place(order, step);
    await relay();
    const { database } = suite.shop.runtime;
    const messages = broker.sent.map(({ event }) => fromWire(JSON.stringify(event)));
    const [first = [], second = []] = [messages.slice(0, 7), messages.slice(5)];
    await Promise.all([
      accept(database, "mailing", [...second].reverse()),
      accept(database, "mailing", [...first, ...first]),
    ]);
    await suite.deliver();
    const all = await effects(suite.database);
    for (const order of ["o1", "o2", "o3"]) {
      expect(all.filter((row) => row.order_id === order).map((row) => row.step)).toEqual([1, 2, 3, 4]);
    }
    expect(await suite.count("seamcut_early")).toBe(0);
  });

  test("a duplicate of a message that was set aside by its consumer stays set aside", async () => {
    const failing = on(orderPlaced, () => Promise.reject(new Error("gone")));
    suite.shop.consumers.splice(0, 1, consumerOf("mailing", [failing], { maxAttempts: 1 }));
    await suite.place("o1", 1);
    await relay();
    await receive(0);
    await suite.deliver();
    expect(await suite.count("seamcut_dead_letter")).toBe(1);
    await receive(0);
    expect(await suite.count("seamcut_inbox")).toBe(0);
  });

  test("a message with a number that has passed, and an id that nobody knows, is not lost", async () => {
    await suite.place("o1", 1);
    await relay();
    await receive(0);
    // The relay's database was set back to a time before it counted.
    await suite.sql("DELETE FROM seamcut_sent");
    await suite.place("o1", 2);
    await relay();
    expect(broker.numbers("mailing")).toEqual(["1 1", "2 1"]);
    await receive(1);
    await suite.deliver();
    expect(await handled()).toEqual([1, 2]);
    // Two with the same number, both too early: the set back counter again.
    for (const step of [3, 4]) await suite.place("o1", step);
    await relay();
    await suite.sql("UPDATE seamcut_sent SET version = 2");
    await suite.place("o1", 5);
    await relay();
    expect(broker.numbers("mailing").slice(2)).toEqual(["3 2", "4 3", "5 3"]);
    for (const index of [3, 4, 2]) await receive(index);
    await suite.deliver();
    expect(await handled()).toEqual([1, 2, 3, 4, 5]);
  });

  test("a message that the broker has lost holds its key, shows up, and can be given up", async () => {
    for (const step of [1, 2, 3, 4]) await suite.place("o1", step);
    await relay();
    for (const index of [0, 2, 3]) await receive(index);
    const { database } = suite.shop.runtime;
    expect(await findMissing(database, "mailing", 60_000)).toEqual([]);
    await suite.sql(`UPDATE seamcut_early SET received_at = ${suite.database.past}`);
    expect(await findMissing(database, "mailing", 60_000)).toEqual([{ partition_key: "orders/o1", version: 2 }]);
    await skipMissing(database, "mailing", "orders/o1");
    await suite.deliver();
    expect(await handled()).toEqual([1, 3, 4]);
    expect(await findMissing(database, "mailing", 0)).toEqual([]);
  });
});
