import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Outgoing, overBroker, relayToBroker, type Transport } from "#seamcut/broker";
import { BROKER_TABLES } from "#seamcut/broker-tables";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { unregister } from "#seamcut/runtime";
import { toWire } from "#seamcut/wire";
import { startWorkers, type WorkerOptions, type Workers } from "#seamcut/workers";
import { createPostgres, postgresIsThere, type TestDatabase } from "../../support/database.ts";
import { buildEmitted, POSTGRESQL_TYPEORM_NESTJS } from "../../support/emitted.ts";
import { type TcpProxy, tcpProxy } from "../../support/tcp-proxy.ts";
import {
  consumerOf,
  effects,
  FOUNDATION,
  type Harness,
  harness,
  orderPlaced,
  recordingHandler,
  subscribe,
} from "../shop-events.ts";
import { isThere, type TestBroker } from "./brokers.ts";

const PROCESS = path.resolve(import.meta.dirname, "../../support/broker-process.mjs");
const RELAY = { owner: "relay-a", leaseMs: 5000, batch: 100 };
const FAST: WorkerOptions = { leaseMs: 5000, claimMs: 5000, idleMs: 20, backoffMs: 20 };
const TABLES = ["outbox", "inbox", "subscription", "dead_letter", "sent", "received", "early"].map(
  (name) => `seamcut_${name}`,
);

/** What every transport promises, against the real broker: producer and consumer have a database each. */
export async function describeTransport(broker: TestBroker): Promise<void> {
  const skip = !(await isThere(broker.name, broker.port)) || !(await postgresIsThere());
  describe.skipIf(skip)(`${broker.name} as transport`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), "seamcut-transport-"));
    const children: ChildProcess[] = [];
    const open: Transport[] = [];
    const running: Workers[] = [];
    let proxy: TcpProxy;
    let orders: TestDatabase;
    let mailing: TestDatabase;
    let producer: Harness;
    let consumer: Harness;
    let prefix: string;

    beforeAll(async () => {
      buildEmitted(folder, { ...POSTGRESQL_TYPEORM_NESTJS, transport: broker.name });
      proxy = await tcpProxy(broker.port);
      [orders, mailing] = await Promise.all([createPostgres(FOUNDATION), createPostgres(FOUNDATION)]);
      for (const { dataSource } of [orders, mailing]) {
        for (const statement of BROKER_TABLES) await dataSource.query(statement);
      }
    });
    beforeEach(async () => {
      prefix = `seamcut-test-${randomUUID().slice(0, 8)}`;
      proxy.restore();
      producer = await harness(orders);
      consumer = await harness(mailing);
      for (const { dataSource } of [orders, mailing]) {
        await dataSource.query(`TRUNCATE ${[...TABLES, "effect", "orders"].join(", ")}`);
        await dataSource.query("UPDATE seamcut_outbox_shard SET owner = NULL");
      }
      await subscribe(orders, "mailing", "native", "event");
      consumer.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    });
    afterEach(async () => {
      for (const child of children.splice(0)) child.kill("SIGKILL");
      await Promise.all(running.splice(0).map((workers) => workers.stop()));
      await Promise.all(open.splice(0).map((transport) => transport.close()));
      unregister(producer.runtime);
      unregister(consumer.runtime);
      await broker.cleanUp(prefix, ["mailing"]);
    });
    afterAll(async () => {
      await Promise.all([orders?.close(), mailing?.close(), proxy?.close()]);
      rmSync(folder, { recursive: true, force: true });
    });

    const transport = (options?: { maxMessageBytes?: number }) => {
      const made = broker.transport(proxy.port, prefix, options);
      open.push(made);
      return made;
    };
    const work = (shop: Harness, options: WorkerOptions = {}) => {
      // Stopping closes it.
      const route = overBroker(broker.transport(proxy.port, prefix));
      const workers = startWorkers(shop.runtime, { ...FAST, route, ...options });
      running.push(workers);
      return workers;
    };
    const place = (orderId: string, step = 1) =>
      orders.dataSource.transaction((manager) => emit(manager, orderPlaced({ orderId, step }), EVENT));
    const count = async ({ dataSource }: TestDatabase, what: string) =>
      Number((await dataSource.query(`SELECT count(*) AS n FROM ${what}`))[0].n);
    const handled = async () => (await effects(mailing)).map((row) => `${row.order_id} ${row.step}`);
    const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 25_000, interval: 20 });
    const start = (role: string) => {
      const child = spawn(
        process.execPath,
        [PROCESS, folder, orders.url, broker.name, broker.url(proxy.port), prefix, role],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      children.push(child);
      let heard = "";
      child.stdout.on("data", (chunk) => {
        heard += chunk;
      });
      return { child, hears: (word: string) => eventually(() => expect(heard).toContain(word)) };
    };
    const message = (step: number, version: number | null): Outgoing => ({
      consumers: ["mailing"],
      event: toWire({
        message_id: randomUUID(),
        type: orderPlaced.type,
        partition_key: "orders/o1",
        seq: String(step),
        payload: { orderId: "o1", step },
        headers: { source: "/seamcut/orders", partitionkey: "o1", version: 1, decision: { "*": "event" } },
        versions: { mailing: version },
        skipped: false,
      }),
    });

    it("brings events from the outbox of one database to the handler on another", async () => {
      work(producer);
      work(consumer);
      for (let step = 1; step <= 5; step++) await place("o1", step);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3", "o1 4", "o1 5"]));
      await eventually(async () => expect(await count(orders, "seamcut_outbox")).toBe(0));
      const [row] = await mailing.dataSource.query("SELECT headers, partition_key FROM seamcut_inbox LIMIT 1");
      expect(row).toMatchObject({ partition_key: "orders/o1", headers: { decision: { "*": "event" }, version: 1 } });
      expect([...producer.alarms, ...consumer.alarms]).toEqual([]);
    });

    it("a broker that is away holds up nobody, loses nothing and sets nothing aside", async () => {
      work(producer);
      work(consumer);
      await place("o1", 1);
      await eventually(async () => expect(await handled()).toEqual(["o1 1"]));
      proxy.cut();
      await place("o1", 2);
      await place("o2", 3);
      await eventually(() => {
        expect(producer.alarms.filter(({ kind }) => kind === "relay-failed").length).toBeGreaterThan(1);
        expect(consumer.alarms.map(({ kind }) => kind)).toContain("receive-failed");
      });
      expect(await count(orders, "seamcut_outbox")).toBe(2);
      proxy.restore();
      await eventually(async () => expect((await handled()).sort()).toEqual(["o1 1", "o1 2", "o2 3"]));
      expect(await count(orders, "seamcut_dead_letter")).toBe(0);
      expect(await count(mailing, "seamcut_dead_letter")).toBe(0);
    });

    it("a process that is killed between publishing and deleting publishes twice, and the handler runs once", async () => {
      for (let step = 1; step <= 3; step++) await place("o1", step);
      const { child, hears } = start("publish-only");
      await hears("published 3");
      child.kill("SIGKILL");
      expect(await count(orders, "seamcut_outbox")).toBe(3);
      work(consumer);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3"]));
      work(producer);
      await eventually(async () => expect(await count(orders, "seamcut_outbox")).toBe(0));
      // Whatever the duplicates do is done once this one is through.
      await place("o1", 4);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3", "o1 4"]));
      expect(await count(mailing, "seamcut_early")).toBe(0);
    });

    it("a relay that was stopped until it had lost its lease publishes late, deletes nothing, and disturbs nobody", async () => {
      work(consumer);
      for (let step = 1; step <= 3; step++) await place("o1", step);
      const { child, hears } = start("slow-publish");
      await hears("middle");
      child.kill("SIGSTOP");
      work(producer);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3"]));
      await place("o1", 4);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3", "o1 4"]));
      child.kill("SIGCONT");
      await hears("relay-failed");
      await hears("published 3");
      await place("o1", 5);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3", "o1 4", "o1 5"]));
      expect(await count(mailing, "seamcut_early")).toBe(0);
    });

    it("keeps the order of each key over two relays, one of which is killed again and again", async () => {
      work(consumer);
      const steady = start("relay");
      let victim = start("relay");
      await Promise.all([steady.hears("ready"), victim.hears("ready")]);
      for (let step = 1; step <= 60; step++) {
        await Promise.all(["o1", "o2", "o3"].map((orderId) => place(orderId, step)));
        if (step % 20 !== 0) continue;
        victim.child.kill("SIGKILL");
        victim = start("relay");
        await victim.hears("ready");
      }
      await eventually(async () => expect(await count(mailing, "effect")).toBe(180));
      const all = await effects(mailing);
      for (const orderId of ["o1", "o2", "o3"]) {
        const steps = all.filter((row) => row.order_id === orderId).map((row) => row.step);
        expect(steps).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      }
    });

    it("a message that comes before an earlier one of its key waits for it", async () => {
      work(consumer);
      const sender = transport();
      await sender.publish([message(3, 3), message(2, 2)]);
      await eventually(async () => expect(await count(mailing, "seamcut_early")).toBe(2));
      expect(await handled()).toEqual([]);
      await sender.publish([message(1, 1)]);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2", "o1 3"]));
      expect(await count(mailing, "seamcut_early")).toBe(0);
    });

    it("what was received and not stored comes again when the connection was lost", async () => {
      await transport().publish([message(1, 1), message(2, 2)]);
      let broken = true;
      const { database } = consumer.runtime;
      const flaky = {
        query: database.query,
        transaction: <T>(run: Parameters<typeof database.transaction<T>>[0]) =>
          broken ? Promise.reject(new Error("the database is away")) : database.transaction(run),
      };
      const route = overBroker(broker.transport(proxy.port, prefix));
      running.push(startWorkers({ ...consumer.runtime, database: flaky }, { ...FAST, route }));
      await eventually(() => expect(consumer.alarms.map(({ kind }) => kind)).toContain("receive-failed"));
      proxy.drop();
      broken = false;
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 2"]));
    });

    it("an event that the broker does not accept is set aside, and the key goes on", async () => {
      work(consumer);
      const sender = transport({ maxMessageBytes: 1500 });
      await place("o1", 1);
      await orders.dataSource.query(
        "INSERT INTO seamcut_outbox (id, aggregatetype, aggregateid, type, payload, headers, shard) SELECT gen_random_uuid(), aggregatetype, aggregateid, type, jsonb_build_object('orderId', repeat('x', 2000000), 'step', 2), headers, shard FROM seamcut_outbox",
      );
      await place("o1", 3);
      expect(await relayToBroker(producer.runtime, sender, RELAY)).toBe(3);
      expect(await count(orders, "seamcut_outbox")).toBe(0);
      expect(await orders.dataSource.query("SELECT stage, consumer, type FROM seamcut_dead_letter")).toEqual([
        { stage: "relay", consumer: "", type: orderPlaced.type },
      ]);
      expect(producer.alarms.map(({ kind }) => kind)).toEqual(["dead-letter"]);
      await eventually(async () => expect(await handled()).toEqual(["o1 1", "o1 3"]));
    });

    it("an event that nobody has subscribed to is done with", async () => {
      await orders.dataSource.query("DELETE FROM seamcut_subscription");
      await orders.dataSource.transaction((manager) => emit(manager, orderPlaced({ orderId: "o1", step: 1 })));
      expect(await relayToBroker(producer.runtime, transport(), RELAY)).toBe(1);
      expect(await count(orders, "seamcut_outbox")).toBe(0);
    });

    it("what is no message of this runtime holds up nothing", async () => {
      work(consumer);
      const sender = transport();
      const foreign = { ...message(1, 1), event: { ...message(1, 1).event, specversion: "0.3" as "1.0" } };
      await sender.publish([foreign, message(1, 1)]);
      await eventually(async () => expect(await handled()).toEqual(["o1 1"]));
      expect(consumer.alarms.map(({ kind }) => kind)).toEqual(["receive-failed"]);
    });
  });
}
