import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { leaseShards } from "#seamcut/store";
import { buildEmitted } from "../../support/emitted.ts";
import { EmittedProcess } from "../../support/emitted-process.ts";
import { consumerOf, orderPlaced, subscribe } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("a process that is stopped or killed", (suite, test) => {
  const folder = mkdtempSync(path.join(tmpdir(), "seamcut-processes-"));
  const running: EmittedProcess[] = [];

  beforeAll(() => {
    const database = suite.database?.url.startsWith("mysql") ? "mysql" : "postgresql";
    buildEmitted(folder, { database, orm: "typeorm", framework: "nestjs" });
  });
  beforeEach(async () => {
    await suite.sql("DROP TABLE IF EXISTS effect");
    await suite.sql("CREATE TABLE effect (consumer TEXT, event_id TEXT, order_id TEXT, how TEXT)");
    await subscribe(suite.database, "stock", "native", "event");
  });
  afterEach(async () => {
    for (const process_ of running.splice(0)) process_.kill("SIGKILL");
    // The suite empties its own one before the next test.
    await suite.sql("DROP TABLE effect");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (role: string, point?: string) => {
    const process_ = EmittedProcess.inRole(folder, suite.database.url, role, point);
    running.push(process_);
    return process_;
  };
  const stock = () => {
    const handler = on(orderPlaced, async (order, { tx, messageId }) => {
      await tx.query(
        `INSERT INTO effect (consumer, event_id, order_id) VALUES ('stock', '${messageId}', '${order.orderId}')`,
      );
    });
    return consumerOf("stock", [handler]);
  };
  const SUCCESSOR = { owner: "successor", leaseMs: 5000, batch: 100 };
  const INBOX = { claimMs: 5000, batch: 100, backoffMs: 10 };
  const patience = { timeout: 20_000, interval: 100 };

  // Naive (no end to idle transactions; on MySQL also one that ends before the commit): the successor gets nothing.
  test.each(["lease", "drain", "commit"])(
    "a relay that is stopped at its %s loses its locks with its lease, and does nothing after",
    async (point) => {
      for (let step = 0; step < 5; step++) await suite.place(`o${step}`);
      const stopped = start("once", point);
      await Promise.race([stopped.hears("middle"), stopped.hears("over")]);
      // Where leasing is one statement there is nothing to be stopped in.
      if (!stopped.heard.includes("middle")) return;
      stopped.kill("SIGSTOP");
      await vi.waitFor(async () => {
        expect(await leaseShards(suite.shop.runtime.database, "successor", 5000)).toHaveLength(16);
      }, patience);
      await relay(suite.shop.runtime, SUCCESSOR);
      expect(await suite.count("seamcut_inbox")).toBe(5);
      stopped.kill("SIGCONT");
      await stopped.hears("over");
      expect(await suite.count("seamcut_inbox")).toBe(5);
      expect(await suite.count("seamcut_outbox")).toBe(0);
    },
  );

  test("a worker that is stopped while it claims a message gives it to another", async () => {
    await suite.place("o1");
    await relay(suite.shop.runtime, SUCCESSOR);
    const stopped = start("once", "claim");
    await Promise.race([stopped.hears("middle"), stopped.hears("over")]);
    if (!stopped.heard.includes("middle")) return;
    stopped.kill("SIGSTOP");
    await vi.waitFor(async () => expect(await handleDue(suite.shop.runtime, stock(), INBOX)).toBe(1), patience);
    stopped.kill("SIGCONT");
    await stopped.hears("over");
    expect(await suite.count("effect")).toBe(1);
  });

  test("a handler that is stopped after its write gives the message to another, and leaves no effect", async () => {
    const stopped = start("stall-handler");
    await stopped.hears("ready");
    await suite.place("o1");
    await stopped.hears("middle");
    stopped.kill("SIGSTOP");
    await vi.waitFor(async () => expect(await handleDue(suite.shop.runtime, stock(), INBOX)).toBe(1), patience);
    stopped.kill("SIGCONT");
    stopped.kill("SIGTERM");
    await stopped.hears("stopped");
    expect(await suite.count("effect")).toBe(1);
    expect(await suite.count("seamcut_inbox WHERE processed_at IS NOT NULL")).toBe(1);
  });

  test("a process that is killed between the callee's write and the mark leaves no effect, and another one repeats it", async () => {
    const killed = start("stall-handler");
    await killed.hears("ready");
    await suite.place("o1");
    await killed.hears("middle");
    killed.kill("SIGKILL");
    await once(killed.child, "exit");
    expect(await suite.count("effect")).toBe(0);
    start("stall-handler");
    await vi.waitFor(async () => expect(await suite.count("effect")).toBe(1), { timeout: 30_000 });
  });

  test("SIGTERM finishes the message in hand and gives the leases back", async () => {
    const stopped = start("stall-handler");
    await stopped.hears("ready");
    await suite.place("o1");
    await stopped.hears("middle");
    stopped.kill("SIGTERM");
    const [code] = await once(stopped.child, "exit");
    expect([code, stopped.heard.trim().split("\n").at(-1)]).toEqual([0, "stopped"]);
    expect(await suite.count("effect")).toBe(1);
    expect(await suite.count("seamcut_inbox WHERE processed_at IS NOT NULL")).toBe(1);
    expect(await suite.count("seamcut_outbox_shard WHERE owner IS NOT NULL")).toBe(0);
  });
});
