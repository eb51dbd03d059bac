import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { unregister } from "#seamcut/runtime";
import { leaseShards } from "#seamcut/store";
import { createPostgres, postgresIsThere, type TestDatabase } from "../support/database.ts";
import { buildEmitted, POSTGRESQL_TYPEORM_NESTJS } from "../support/emitted.ts";
import { consumerOf, FOUNDATION, type Harness, harness, orderPlaced, subscribe } from "./shop-events.ts";

const PROCESS = path.resolve(import.meta.dirname, "../support/emitted-process.mjs");

describe.skipIf(!(await postgresIsThere()))("processes of their own, on PostgreSQL", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "seamcut-processes-"));
  let database: TestDatabase;
  let shop: Harness;
  let child: ChildProcess;
  let heard = "";

  beforeAll(async () => {
    buildEmitted(folder, POSTGRESQL_TYPEORM_NESTJS);
    database = await createPostgres(FOUNDATION);
  });
  beforeEach(async () => {
    shop = await harness(database);
    await database.dataSource.query("DROP TABLE effect");
    await database.dataSource.query(
      "CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id uuid, key text)",
    );
    await database.dataSource.query("TRUNCATE seamcut_outbox, seamcut_inbox, seamcut_subscription");
    await database.dataSource.query("UPDATE seamcut_outbox_shard SET owner = NULL");
    await subscribe(database, "stock", "native", "event");
  });
  afterEach(() => {
    unregister(shop.runtime);
    child.kill("SIGKILL");
  });
  afterAll(async () => {
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (role: string) => {
    heard = "";
    child = spawn(process.execPath, [PROCESS, folder, database.url, role], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout?.on("data", (chunk) => {
      heard += chunk;
    });
  };
  const hears = (word: string) => vi.waitFor(() => expect(heard).toContain(word), { timeout: 30_000, interval: 10 });
  const place = (orderId: string, step = 1) =>
    database.dataSource.transaction((manager) => emit(manager, orderPlaced({ orderId, step }), EVENT));
  const count = async (what: string) =>
    Number((await database.dataSource.query(`SELECT count(*) AS n FROM ${what}`))[0].n);

  it("a relay that is stopped in the middle of a drain loses its locks with its lease, and does nothing after", async () => {
    for (let step = 0; step < 5; step++) await place(`o${step}`);
    start("stall-drain");
    await hears("middle");
    child.kill("SIGSTOP");
    expect(await leaseShards(shop.runtime.database, "successor", 5000)).toHaveLength(0);
    await sleep(2500);
    expect(await leaseShards(shop.runtime.database, "successor", 5000)).toHaveLength(16);
    expect(await relay(shop.runtime, { owner: "successor", leaseMs: 5000, batch: 100 })).toBe(5);
    child.kill("SIGCONT");
    await hears("refused");
    expect(await count("seamcut_inbox")).toBe(5);
    expect(await count("seamcut_outbox")).toBe(0);
  });

  it("a handler that is stopped after its write gives the message to another, and leaves no effect", async () => {
    start("stall-handler");
    await hears("ready");
    await place("o1");
    await hears("middle");
    child.kill("SIGSTOP");
    await sleep(2500);
    const handler = on(orderPlaced, async (order, { tx, messageId }) => {
      await tx.query(
        `INSERT INTO effect (consumer, event_id, key) VALUES ('stock', '${messageId}', '${order.orderId}')`,
      );
    });
    const inbox = { claimMs: 5000, batch: 10, backoffMs: 10 };
    expect(await handleDue(shop.runtime, consumerOf("stock", [handler]), inbox)).toBe(1);
    child.kill("SIGCONT");
    await sleep(500);
    expect(await count("effect")).toBe(1);
    expect(await count("seamcut_inbox WHERE processed_at IS NOT NULL")).toBe(1);
  });

  it("a process that is killed between the callee's write and the mark leaves no effect, and another one repeats it", async () => {
    start("stall-handler");
    await hears("ready");
    await place("o1");
    await hears("middle");
    child.kill("SIGKILL");
    await sleep(1700);
    expect(await count("effect")).toBe(0);
    start("stall-handler");
    await vi.waitFor(async () => expect(await count("effect")).toBe(1), { timeout: 30_000 });
  });

  it("SIGTERM finishes the message in hand and gives the leases back", async () => {
    start("stall-handler");
    await hears("ready");
    await place("o1");
    await hears("middle");
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect([code, heard.trim().split("\n").at(-1)]).toEqual([0, "stopped"]);
    expect(await count("effect")).toBe(1);
    expect(await count("seamcut_inbox WHERE processed_at IS NOT NULL")).toBe(1);
    expect(await count("seamcut_outbox_shard WHERE owner IS NOT NULL")).toBe(0);
  });
});
