import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { runCli } from "../../support/cli.ts";
import { buildEmitted, layOut, POSTGRESQL_TYPEORM_NESTJS } from "../../support/emitted.ts";
import { consumerOf, orderPlaced, recordingHandler, subscribe } from "../shop-events.ts";
import { INBOX, onEachDatabase, RELAY } from "../suite.ts";

const NODE_MODULES = path.resolve(import.meta.dirname, "../../../node_modules");
const STACK = {
  ...POSTGRESQL_TYPEORM_NESTJS,
  database: process.env.SEAMCUT_TEST_DATABASE === "mysql" ? "mysql" : "postgresql",
};

onEachDatabase("seamcut outbox", (suite, test) => {
  const repository = mkdtempSync(path.join(tmpdir(), "seamcut-outbox-"));

  beforeAll(() => {
    writeFileSync(path.join(repository, "package.json"), JSON.stringify({ private: true, type: "module" }));
    writeFileSync(path.join(repository, "tsconfig.json"), "{}");
    symlinkSync(NODE_MODULES, path.join(repository, "node_modules"));
    // As in a repository whose modules are Node's own.
    layOut(path.join(repository, "src/seamcut"), STACK, ".js");
  });
  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  const outbox = (args: readonly string[], url: string | undefined = suite.database.url, cwd = repository) =>
    runCli(cwd, ["outbox", ...args], [], { DATABASE_URL: url });
  /** One event that `mailing` handles, and one that it fails at. */
  const handleOneOfTwo = async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const inner = recordingHandler("mailing");
    const handler = on(orderPlaced, (order, context) =>
      order.step === 2 ? Promise.reject(new Error("mail server\ngone")) : inner.handle(order, context),
    );
    suite.shop.consumers.push(consumerOf("mailing", [handler], { maxAttempts: 1 }));
    await suite.place("o1", 1);
    await suite.place("o2", 2);
    await suite.deliver();
  };

  test("shows what waits and what failed, redrives one dead letter, replays and purges", async ({ skip }) => {
    if (!suite.database.parallel) skip("the driver is PostgreSQL's");
    await handleOneOfTwo();
    await suite.place("o3", 3);
    const text = await outbox(["status"]);
    expect([text.code, text.stderr]).toEqual([0, ""]);
    expect(text.stdout).toContain("outbox   1 event to be relayed");
    expect(text.stdout).toMatch(/^ {2}mailing +0 +1$/m);
    expect(text.stdout).toContain("mailing  orders.order-placed  orders/o2  1 attempt  20");
    expect(text.stdout).toContain("mail server gone");
    expect(text.stdout.trimEnd()).toMatch(/seamcut outbox redrive mailing {3}once the cause is gone$/);
    const json = JSON.parse((await outbox(["status", "--reporter", "json"])).stdout);
    expect(json).toMatchObject({
      version: 1,
      outboxPending: 1,
      consumers: [{ consumer: "mailing", pending: 0, dead: 1 }],
      deadLetters: [{ key: "orders/o2", attempts: 1, error: "mail server\ngone" }],
    });

    const id = json.deadLetters[0].messageId;
    const redriven = await outbox(["redrive", "mailing", id, "--yes", "--reporter", "json"]);
    expect([redriven.code, JSON.parse(redriven.stdout)]).toEqual([0, { version: 1, redriven: 1 }]);
    expect(await suite.sql("SELECT 1 FROM seamcut_inbox WHERE processed_at IS NULL")).toHaveLength(1);

    const replayed = await outbox(["replay", "mailing", "--handled-since", "2020-01-01", "--yes"]);
    expect([replayed.code, replayed.stdout]).toEqual([0, "1 message replayed\n"]);
    await suite.sql("UPDATE seamcut_inbox SET processed_at = '2020-01-01 00:00:00'");
    const purged = await outbox(["purge", "--days", "30", "--yes"]);
    expect([purged.code, purged.stdout]).toEqual([0, "2 messages purged\n"]);
    expect(await suite.count("seamcut_inbox")).toBe(0);
  });

  test("acts on nothing that it was not told to", async ({ skip }) => {
    if (!suite.database.parallel) skip("the driver is PostgreSQL's");
    await handleOneOfTwo();
    const runs = await Promise.all([outbox(["redrive", "mailing"]), outbox(["redrive", "mailng", "--yes"])]);
    expect(runs.map(({ code }) => code)).toEqual([2, 2]);
    expect(runs[0]?.stderr).toMatch(/\[SC2013\]\n\n {2}confirm it with {3}--yes/);
    expect(runs[1]?.stderr).toMatch(/no consumer is called mailng {2}\[SC2035\]\n\n {2}did you mean mailing\?/);
    expect(await suite.count("seamcut_dead_letter WHERE redriven_at IS NULL")).toBe(1);
  });

  test("says what is missing", async ({ skip }) => {
    if (!suite.database.parallel) skip("the driver is PostgreSQL's");
    await suite.sql("ALTER TABLE seamcut_outbox RENAME TO seamcut_elsewhere");
    const withoutTables = await outbox(["status"]).finally(() =>
      suite.sql("ALTER TABLE seamcut_elsewhere RENAME TO seamcut_outbox"),
    );
    expect([withoutTables.code, withoutTables.stderr]).toEqual([2, expect.stringContaining("[SC2034]")]);
    const away = await outbox(["status"], suite.database.url.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:1"));
    expect([away.code, away.stderr]).toEqual([2, expect.stringMatching(/ECONNREFUSED.*\[SC2033\]/)]);
    const unset = await outbox(["status"], "");
    expect([unset.code, unset.stderr]).toEqual([2, expect.stringContaining("[SC2032]")]);
    const elsewhere = path.join(repository, "elsewhere");
    layOut(elsewhere, STACK, ".js");
    const withoutRuntime = await outbox(["status"], suite.database.url, elsewhere);
    expect([withoutRuntime.code, withoutRuntime.stderr]).toEqual([2, expect.stringContaining("[SC2030]")]);
  });

  test("the emitted file does the same without seamcut", async ({ skip }) => {
    if (!suite.database.parallel) skip("the driver is PostgreSQL's");
    await subscribe(suite.database, "mailing", "native", "event");
    const failing = on(orderPlaced, () => Promise.reject(new Error("gone")));
    const consumer = consumerOf("mailing", [failing], { maxAttempts: 1 });
    await suite.place("o1");
    await relay(suite.shop.runtime, RELAY);
    await handleDue(suite.shop.runtime, consumer, INBOX);
    const folder = mkdtempSync(path.join(tmpdir(), "seamcut-ops-"));
    try {
      buildEmitted(folder, STACK);
      const run = async (...args: string[]) => {
        const file = path.join(folder, "seamcut/outbox.js");
        const env = { ...process.env, DATABASE_URL: suite.database.url };
        return JSON.parse((await promisify(execFile)(process.execPath, [file, ...args], { env })).stdout);
      };
      expect(await run("status")).toMatchObject({ consumers: [{ consumer: "mailing", dead: 1 }] });
      expect(await run("redrive", "mailing")).toEqual({ redriven: 1 });
      await expect(run("destroy")).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("redrive <con") });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
