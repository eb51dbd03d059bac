import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { EVENT } from "#seamcut/decide";
import { relay } from "#seamcut/relay";
import { consumerOf, effects, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachServer, RELAY } from "../suite.ts";

/** Mounts a small disk for the server: only as root, and only where the server runs on this machine. */
const isWanted = process.env.SEAMCUT_TEST_FULL_DISK === "1";

onEachServer("a disk that is full", (suite, test) => {
  const CALLED = { modes: { stock: "call" }, calls: () => true } as const;
  const disk = mkdtempSync(path.join(tmpdir(), "seamcut-disk-"));
  const space = `seamcut_${path.basename(disk).toLowerCase().replaceAll("-", "_")}`;
  const isOn = () => isWanted && suite.database?.url.startsWith("postgres");

  beforeAll(async () => {
    if (!isOn()) return;
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m,mode=0777", "tmpfs", disk]);
    execFileSync("chown", ["postgres", disk]);
    await suite.sql(`CREATE TABLESPACE ${space} LOCATION '${disk}'`);
  });
  beforeEach(async () => {
    if (isOn()) await suite.sql("CREATE TABLE IF NOT EXISTS filler (n bigint)");
  });
  afterAll(async () => {
    if (isOn()) {
      for (const table of ["filler", "seamcut_outbox", "seamcut_inbox"])
        await suite.sql(`DROP TABLE IF EXISTS ${table}`);
      await suite.sql(`DROP TABLESPACE ${space}`);
      execFileSync("umount", [disk]);
    }
    rmSync(disk, { recursive: true, force: true });
  });

  /** Moves a table to the small disk and leaves no room on it. */
  const fill = async (table: string) => {
    await suite.sql(`VACUUM FULL ${table}`);
    await suite.sql(`ALTER TABLE ${table} SET TABLESPACE ${space}`);
    await suite.sql("DROP TABLE filler");
    await suite.sql(`CREATE TABLE filler (n bigint) TABLESPACE ${space}`);
    const block = "INSERT INTO filler SELECT generate_series(1, 200)";
    for (;;) {
      try {
        await suite.sql(block);
      } catch (error) {
        expect(String(error)).toMatch(/No space left on device/);
        return;
      }
    }
  };
  const free = async (table: string) => {
    await suite.sql("DROP TABLE filler");
    await suite.sql(`ALTER TABLE ${table} SET TABLESPACE pg_default`);
  };
  /** Until a table has used up what its last page still had room for. */
  const refused = async (work: (n: number) => Promise<unknown>) => {
    for (let n = 0; n < 500; n++) {
      const outcome = await work(n).then(
        () => undefined,
        (error: Error) => error,
      );
      if (outcome) return outcome;
    }
    return undefined;
  };

  test("lets the business go on in mode call, and refuses it with its event in mode event", async ({ skip }) => {
    if (!isOn()) skip("needs SEAMCUT_TEST_FULL_DISK=1, root, and PostgreSQL on this machine");
    await fill("seamcut_outbox");
    expect(String(await refused((n) => suite.place(`event ${n}`, 1, EVENT)))).toMatch(/No space left|could not extend/);
    const before = await suite.count("orders");
    expect(await suite.count("seamcut_outbox")).toBe(before);
    for (let n = 0; n < 100; n++) await suite.place(`called ${n}`, 1, CALLED);
    expect(await suite.count("orders")).toBe(before + 100);
    expect(suite.alarms()).toContain("emit-failed");
    await free("seamcut_outbox");
  });

  test("keeps the relay waiting, and loses nothing", async ({ skip }) => {
    if (!isOn()) skip("needs SEAMCUT_TEST_FULL_DISK=1, root, and PostgreSQL on this machine");
    await subscribe(suite.database, "stock", "native", "event");
    await fill("seamcut_inbox");
    const placed = 400;
    for (let n = 0; n < placed; n++) await suite.place(`o${n}`);
    await expect(relay(suite.shop.runtime, { ...RELAY, batch: placed })).rejects.toThrow(
      /No space left|could not extend/,
    );
    expect(await suite.count("seamcut_outbox")).toBe(placed);
    await free("seamcut_inbox");
    suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
    for (let round = 0; round < 20; round++) await suite.deliver();
    expect(await effects(suite.database)).toHaveLength(placed);
  });
});
