import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { on } from "#seamcut/handlers";
import { databaseOf } from "#seamcut/orm";
import { startWorkers, workersAreWanted } from "#seamcut/workers";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachDatabase } from "../suite.ts";

onEachDatabase("workers", (suite, test) => {
  test("deliver soon after an emit, and give their leases back", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    const workers = startWorkers(suite.shop.runtime, { idleMs: 30_000 });
    await sleep(300);
    await suite.place("o1");
    await vi.waitFor(async () => expect(await effects(suite.database)).toHaveLength(1), { timeout: 5000 });
    await workers.stop();
    expect(await suite.sql("SELECT shard FROM seamcut_outbox_shard WHERE owner IS NOT NULL")).toEqual([]);
  });

  test("stop after the message in hand, and leave the rest to others", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    for (let step = 0; step < 5; step++) await suite.place(`o${step}`, step);
    let started = 0;
    let finished = 0;
    const slow = on(orderPlaced, async () => {
      started++;
      await sleep(150);
      finished++;
    });
    suite.shop.consumers.push(consumerOf("mailing", [slow]));
    const workers = startWorkers(suite.shop.runtime, { idleMs: 20 });
    await vi.waitFor(() => expect(started).toBe(1), { timeout: 5000 });
    await workers.stop();
    expect([started, finished]).toEqual([1, 1]);
    expect(await suite.sql("SELECT 1 FROM seamcut_inbox WHERE processed_at IS NULL AND attempts = 0")).toHaveLength(4);
  });

  test("work for the consumers that they are asked for", async () => {
    for (const name of ["mailing", "reporting"]) {
      await subscribe(suite.database, name, "native", "event");
      suite.shop.consumers.push(consumerOf(name, [recordingHandler(name)]));
    }
    vi.stubEnv("SEAMCUT_CONSUMERS", " reporting ,");
    const workers = startWorkers(suite.shop.runtime, { idleMs: 20 });
    await suite.place("o1");
    await vi.waitFor(async () => expect(await effects(suite.database)).toHaveLength(1), { timeout: 5000 });
    await sleep(150);
    await workers.stop();
    vi.unstubAllEnvs();
    expect((await effects(suite.database)).map((row) => row.consumer)).toEqual(["reporting"]);
  });

  test("whose data source is closed under them report it, and stop", async () => {
    const own = await suite.database.connect();
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    const runtime = { ...suite.shop.runtime, database: databaseOf(own) };
    const workers = startWorkers(runtime, { idleMs: 20 });
    await sleep(200);
    await own.destroy();
    await vi.waitFor(() => expect(suite.alarms()).toContain("relay-failed"), { timeout: 5000 });
    await workers.stop();
    expect(suite.alarms()).toContain("handler-failed");
  });

  test("do not start by themselves in tests", async () => {
    expect(workersAreWanted({})).toBe(true);
    expect(workersAreWanted({ NODE_ENV: "test" })).toBe(false);
    expect(workersAreWanted({ JEST_WORKER_ID: "1" })).toBe(false);
    expect(workersAreWanted({ VITEST: "true", SEAMCUT_RELAY: "on" })).toBe(true);
    expect(workersAreWanted({ SEAMCUT_RELAY: "off" })).toBe(false);
  });
});
