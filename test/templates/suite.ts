import type { EntityManager } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { unregister } from "#seamcut/runtime";
import type { TestDatabase } from "../support/database.ts";
import { DATABASES, type DatabaseUnderTest } from "./databases.ts";
import { type Harness, harness, orderPlaced } from "./shop-events.ts";

export const RELAY = { owner: "relay-a", leaseMs: 5000, batch: 100 };
export const INBOX = { claimMs: 2000, batch: 50, backoffMs: 1 };

const TABLES = ["seamcut_outbox", "seamcut_inbox", "seamcut_subscription", "seamcut_dead_letter", "effect", "orders"];

/** What a test of the protocol works with; emptied before each. */
export class Suite {
  database!: TestDatabase;
  shop!: Harness;

  /** Runs SQL with `?` for parameters, whatever the driver calls them. */
  async sql<Row = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.dataSource.query(this.database.placeholders(text), parameters);
  }

  inTransaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.dataSource.transaction(work);
  }

  /** What a caller does: a write of its own, then the event, in one transaction. */
  place(orderId: string, step = 1, decision: typeof EVENT | undefined = EVENT): Promise<void> {
    return this.inTransaction(async (manager) => {
      await this.write(manager, orderId, step);
      await emit(manager, orderPlaced({ orderId, step }), decision);
    });
  }

  async write(manager: EntityManager, orderId: string, step: number): Promise<void> {
    await manager.query(this.database.writeOrder, [orderId, step]);
  }

  /** Relays and handles until nothing moves. */
  async deliver(): Promise<void> {
    for (let round = 0; round < 50; round++) {
      let done = await relay(this.shop.runtime, RELAY);
      for (const consumer of this.shop.consumers) done += await handleDue(this.shop.runtime, consumer, INBOX);
      if (done === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async count(table: string): Promise<number> {
    const [row] = await this.sql<{ n: string | number }>(`SELECT count(*) AS n FROM ${table}`);
    return Number(row?.n);
  }

  /** Comes back once `sessions` of them wait for somebody's lock. */
  async untilWaiting(sessions = 1): Promise<void> {
    const waiting = async () => Number((await this.sql<{ n: string | number }>(this.database.lockWaits))[0]?.n);
    await vi.waitFor(async () => expect(await waiting()).toBeGreaterThanOrEqual(sessions), {
      timeout: 20_000,
      // MariaDB takes a new look at its transactions no more than ten times a second.
      interval: 150,
    });
  }

  /** Ends all waiting for a next attempt. */
  async makeDue(): Promise<void> {
    await this.sql(`UPDATE seamcut_inbox SET next_attempt_at = ${this.database.past}`);
  }

  alarms(): string[] {
    return this.shop.alarms.map((alarm) => alarm.kind);
  }
}

type Body = (suite: Suite, test: typeof it) => void;

/** The same tests on every database that this run is for. */
export function onEachDatabase(title: string, body: Body): void {
  onEach(DATABASES, title, body);
}

/** Only where transactions run beside each other. */
export function onEachServer(title: string, body: Body): void {
  onEach(
    DATABASES.filter((database) => !database.embedded),
    title,
    body,
  );
}

function onEach(databases: readonly DatabaseUnderTest[], title: string, body: Body): void {
  describe.each(databases)(`${title}, on $name`, ({ create, skip }) => {
    const suite = new Suite();
    beforeAll(async () => {
      if (!skip) suite.database = await create();
    });
    afterAll(async () => suite.database?.close());
    beforeEach(async () => {
      if (skip) return;
      suite.shop = await harness(suite.database);
      for (const table of TABLES) await suite.sql(`DELETE FROM ${table}`);
      await suite.sql("UPDATE seamcut_outbox_shard SET owner = NULL");
    });
    afterEach(() => {
      if (!skip) unregister(suite.shop.runtime);
    });
    body(suite, (skip ? it.skip : it) as typeof it);
  });
}
