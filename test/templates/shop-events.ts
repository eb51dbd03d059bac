import type { EntityManager } from "typeorm";
import { defineEvent } from "#seamcut/contract";
import { SeamcutFoundation0000000000000 } from "#seamcut/foundation.migration";
import { type Consumer, type Handler, on } from "#seamcut/handlers";
import { databaseOf } from "#seamcut/orm";
import { type Alarm, type Hooks, type Runtime, register } from "#seamcut/runtime";
import type { TestDatabase } from "../support/database.ts";

/** The template's class under a name that TypeORM takes for a migration's (a time stamp at its end). */
class SeamcutFoundation1700000000000 extends SeamcutFoundation0000000000000 {
  override name = "SeamcutFoundation1700000000000";
}

export const FOUNDATION = [SeamcutFoundation1700000000000];

export interface OrderPlaced {
  readonly orderId: string;
  readonly step: number;
}

export const orderPlaced = defineEvent<OrderPlaced>({
  type: "orders.order-placed",
  version: 1,
  key: (payload) => payload.orderId,
  schema: {
    type: "object",
    properties: { orderId: { type: "string" }, step: { type: "integer" } },
    required: ["orderId", "step"],
    additionalProperties: false,
  },
});

/** Has no order among its own. */
export const orderViewed = defineEvent<{ readonly page: string }>({
  type: "orders.order-viewed",
  version: 1,
  schema: { type: "object", properties: { page: { type: "string" } }, required: ["page"] },
});

export interface Harness {
  readonly runtime: Runtime;
  /** To be replaced by a test that wants to hear alarms itself. */
  readonly hook: { alarm: Hooks["alarm"] };
  readonly alarms: { readonly kind: Alarm; readonly detail: Record<string, unknown> }[];
  readonly consumers: Consumer[];
}

/** Registers a runtime on a test database with the tables that the tests look at. */
export async function harness(database: TestDatabase): Promise<Harness> {
  for (const statement of database.shopTables) await database.dataSource.query(statement);
  const alarms: Harness["alarms"] = [];
  const consumers: Consumer[] = [];
  const hook: Harness["hook"] = { alarm: (kind, detail) => alarms.push({ kind, detail }) };
  const runtime = register({
    database: databaseOf(database.dataSource),
    consumers: () => consumers,
    hooks: { alarm: (kind, detail) => hook.alarm(kind, detail) },
  });
  return { runtime, hook, alarms, consumers };
}

/** What a handler does to the database, on the handle that it is given. */
export async function writeEffect(handle: EntityManager, consumer: string, payload: OrderPlaced): Promise<void> {
  // Values instead of parameters: drivers disagree about how to write those.
  await handle.query(
    `INSERT INTO effect (consumer, order_id, step) VALUES ('${consumer}', '${payload.orderId}', ${payload.step})`,
  );
}

/** Writes down in the handler's transaction that it ran. */
export function recordingHandler(consumer: string): Handler {
  return on(orderPlaced, async (payload, { tx }) => {
    await writeEffect(tx, consumer, payload);
  });
}

export function consumerOf(name: string, handlers: readonly Handler[], over: Partial<Consumer> = {}): Consumer {
  return { consumer: name, effects: "database", onExhausted: "dead-letter", handlers, ...over };
}

export async function subscribe(
  { dataSource, placeholders }: TestDatabase,
  consumer: string,
  origin: "native" | "migrating",
  mode: "call" | "draining" | "event",
  type = orderPlaced.type,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query(placeholders("DELETE FROM seamcut_subscription WHERE consumer = ? AND type = ?"), [
      consumer,
      type,
    ]);
    await manager.query(
      placeholders("INSERT INTO seamcut_subscription (consumer, type, origin, mode) VALUES (?, ?, ?, ?)"),
      [consumer, type, origin, mode],
    );
  });
}

export async function effects(database: TestDatabase): Promise<{ consumer: string; order_id: string; step: number }[]> {
  return database.dataSource.query("SELECT consumer, order_id, step FROM effect ORDER BY n");
}
