import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { setMode } from "#seamcut/ops";
import { buildEmitted } from "../../support/emitted.ts";
import { EmittedProcess } from "../../support/emitted-process.ts";
import { orderPlaced, subscribe } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("a fleet of four while the switch is turned back and forth", (suite, test) => {
  const folder = mkdtempSync(path.join(tmpdir(), "seamcut-fleet-"));
  const fleet: EmittedProcess[] = [];
  beforeAll(() => {
    const database = suite.database?.url.startsWith("mysql") ? "mysql" : "postgresql";
    buildEmitted(folder, { database, orm: "typeorm", framework: "nestjs" });
  });
  afterEach(async () => {
    for (const process_ of fleet.splice(0)) process_.kill("SIGKILL");
    await suite.sql("DROP TABLE IF EXISTS ledger");
    await suite.sql("DROP TABLE IF EXISTS effect");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Turns the switch until all have placed their orders. Gives how often it went round. */
  const turnTheSwitch = async (): Promise<number> => {
    const next = { call: "event", event: "draining", draining: "call" } as const;
    let mode: keyof typeof next = "call";
    let rounds = 0;
    while (!fleet.every((process_) => process_.heard.includes("placed"))) {
      const turned = await setMode(suite.shop.runtime.database, "mail", orderPlaced.type, next[mode]).then(
        () => true,
        // Messages still wait: draining goes on.
        (error: Error) => !error.message.includes("still wait") && Promise.reject(error),
      );
      if (turned) mode = next[mode];
      if (turned && mode === "call") rounds++;
      await sleep(20);
    }
    return rounds;
  };

  /** Four processes place orders under load; gives what each event's ledger and effects say. */
  const run = async (point = "") => {
    for (const table of ["ledger", "effect"]) {
      await suite.sql(`DROP TABLE IF EXISTS ${table}`);
      await suite.sql(`CREATE TABLE ${table} (consumer TEXT, event_id TEXT, order_id TEXT, how TEXT)`);
    }
    await subscribe(suite.database, "mail", "migrating", "call");
    for (let slot = 0; slot < 4; slot++) {
      fleet.push(EmittedProcess.inRole(folder, suite.database.url, "fleet", point));
    }
    const rounds = await turnTheSwitch();
    const pending = () =>
      suite
        .count("seamcut_outbox")
        .then(async (waiting) => waiting + (await suite.count("seamcut_inbox WHERE processed_at IS NULL")));
    await vi.waitFor(async () => expect(await pending()).toBe(0), { timeout: 30_000, interval: 100 });
    const acts = async (table: string) => {
      const rows = await suite.sql<{ event_id: string; how: string }>(`SELECT event_id, how FROM ${table}`);
      return rows.map((row) => `${row.event_id} ${row.how}`).sort();
    };
    return { rounds, promised: await acts("ledger"), done: await acts("effect") };
  };

  test("each event is handled once, by the one that was decided", async () => {
    const { rounds, promised, done } = await run();
    expect(rounds).toBeGreaterThan(0);
    expect(promised).toHaveLength(600);
    expect(new Set(promised.map((act) => act.split(" ")[1]))).toEqual(new Set(["call", "handler"]));
    expect(done).toEqual(promised);
  });

  test("would not be if the guard read the switch by itself", async () => {
    // Naive: one decision for the message, another one for the call.
    const { promised, done } = await run("decides-again");
    expect(done).not.toEqual(promised);
  });
});
