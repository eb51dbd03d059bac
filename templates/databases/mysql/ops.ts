import type { Database } from "./database";
import { hasPending, transact } from "./store";

/** A command that was stopped half way must not keep the relay waiting. */
const BRIEF_MS = 5000;

export interface ConsumerStatus {
  readonly consumer: string;
  readonly pending: number;
  /** Seconds since the oldest waiting message arrived. */
  readonly oldestSeconds: number;
  /** Keys whose first message has failed at least once. */
  readonly blockedKeys: number;
  readonly dead: number;
}

export interface OutboxStatus {
  readonly outboxPending: number;
  readonly outboxOldestSeconds: number;
  readonly consumers: readonly ConsumerStatus[];
}

const AGE = (column: string) => `COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(${column}), UTC_TIMESTAMP(6)), 0) / 1000000`;

/** What waits, where, since when. */
export async function status(database: Database): Promise<OutboxStatus> {
  const [outbox] = await database.query<{ pending: string; oldest: string }>(
    `SELECT COUNT(*) AS pending, ${AGE("created_at")} AS oldest FROM seamcut_outbox`,
  );
  const consumers = await database.query<Record<"consumer" | "pending" | "oldest" | "blocked" | "dead", string>>(
    `SELECT c.consumer,
            (SELECT COUNT(*) FROM seamcut_inbox i WHERE i.consumer = c.consumer AND waits = 1) AS pending,
            (SELECT ${AGE("received_at")} FROM seamcut_inbox i WHERE i.consumer = c.consumer AND waits = 1) AS oldest,
            (SELECT COUNT(DISTINCT partition_key) FROM seamcut_inbox i
               WHERE i.consumer = c.consumer AND waits = 1 AND last_error IS NOT NULL) AS blocked,
            (SELECT COUNT(*) FROM seamcut_dead_letter d
               WHERE d.consumer = c.consumer AND d.redriven_at IS NULL) AS dead
     FROM (SELECT consumer FROM seamcut_subscription
           UNION SELECT consumer FROM seamcut_inbox WHERE waits = 1
           UNION SELECT consumer FROM seamcut_dead_letter WHERE redriven_at IS NULL) c ORDER BY c.consumer`,
  );
  return {
    outboxPending: Number(outbox?.pending ?? 0),
    outboxOldestSeconds: Number(outbox?.oldest ?? 0),
    consumers: consumers.map((row) => ({
      consumer: row.consumer,
      pending: Number(row.pending),
      oldestSeconds: Number(row.oldest),
      blockedKeys: Number(row.blocked),
      dead: Number(row.dead),
    })),
  };
}

/** Puts dead letters back into their inbox. Out of order by definition: what came after them has run. */
export async function redrive(database: Database, consumer: string, messageId?: string): Promise<number> {
  return transact(database, BRIEF_MS, async (sql) => {
    const one = messageId === undefined ? "" : "AND message_id = ?";
    const which = messageId === undefined ? [consumer] : [consumer, messageId];
    const rows = await sql.query<{ message_id: string }>(
      `SELECT message_id FROM seamcut_dead_letter WHERE consumer = ? AND redriven_at IS NULL ${one} FOR UPDATE`,
      which,
    );
    for (const { message_id } of rows) {
      await sql.query(
        `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
         SELECT consumer, message_id, type, partition_key, seq, payload, headers
         FROM seamcut_dead_letter d WHERE consumer = ? AND message_id = ?
         ON DUPLICATE KEY UPDATE seq = seamcut_inbox.seq`,
        [consumer, message_id],
      );
      await sql.query(
        "UPDATE seamcut_dead_letter SET redriven_at = UTC_TIMESTAMP(6) WHERE consumer = ? AND message_id = ?",
        [consumer, message_id],
      );
    }
    return rows.length;
  });
}

/**
 * Forgets handled messages past the time in which a duplicate may still arrive, and dead letters that were redriven
 * as long ago; in batches, so that nothing waits.
 */
export async function purge(database: Database, days = 7, batch = 5000): Promise<number> {
  let total = 0;
  for (const [table, column] of [
    ["seamcut_inbox", "processed_at"],
    ["seamcut_dead_letter", "redriven_at"],
  ]) {
    for (;;) {
      const [result] = await database.query<{ affected: number }>(
        `DELETE FROM ${table} WHERE ${column} < UTC_TIMESTAMP(6) - INTERVAL ? DAY LIMIT ${Math.floor(batch)}`,
        [days],
      );
      const count = result?.affected ?? 0;
      total += count;
      if (count < batch) break;
    }
  }
  return total;
}

export type Mode = "call" | "draining" | "event";

/**
 * Switches a consumer between its direct calls and its handler. Going back drains first, key by key: a direct call must
 * not overtake what still waits for the handler. Refused with a reason where that would happen.
 */
export async function setMode(database: Database, consumer: string, type: string, mode: Mode): Promise<void> {
  await transact(database, BRIEF_MS, async (sql) => {
    const [row] = await sql.query<{ mode: Mode }>(
      "SELECT mode FROM seamcut_subscription WHERE consumer = ? AND type = ? FOR UPDATE",
      [consumer, type],
    );
    if (!row) throw new Error(`${consumer} has no subscription to ${type}`);
    if (mode === "call" && row.mode === "event") throw new Error(`set ${consumer} to draining before call`);
    if (mode === "call" && (await hasPending(sql, consumer, type, null))) {
      throw new Error(`messages of ${type} still wait for ${consumer}: stay in draining until they are handled`);
    }
    await sql.query("UPDATE seamcut_subscription SET mode = ? WHERE consumer = ? AND type = ?", [mode, consumer, type]);
  });
}
