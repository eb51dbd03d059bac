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

/** The first message of a key, which has failed; the key's others wait for it. */
export interface BlockedKey {
  readonly consumer: string;
  readonly key: string;
  readonly messageId: string;
  readonly type: string;
  readonly attempts: number;
  readonly error: string;
}

export interface DeadLetter {
  /** `relay`: a broker refused it, before it came to any consumer. */
  readonly stage: "inbox" | "relay";
  readonly consumer: string;
  readonly key: string;
  readonly messageId: string;
  readonly type: string;
  readonly attempts: number;
  readonly error: string;
  /** ISO 8601. */
  readonly failedAt: string;
}

export interface OutboxStatus {
  readonly outboxPending: number;
  readonly outboxOldestSeconds: number;
  readonly consumers: readonly ConsumerStatus[];
  /** The oldest ones; how many there are stands with each consumer. */
  readonly blocked: readonly BlockedKey[];
  /** The latest ones that were not redriven. */
  readonly deadLetters: readonly DeadLetter[];
}

const SHOWN = 20;

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
           UNION SELECT consumer FROM seamcut_dead_letter WHERE stage = 'inbox' AND redriven_at IS NULL) c
     ORDER BY c.consumer`,
  );
  const blocked = await database.query<BlockedKey>(
    `SELECT consumer, partition_key AS \`key\`, message_id AS messageId, type, attempts, last_error AS error
     FROM seamcut_inbox WHERE waits = 1 AND last_error IS NOT NULL ORDER BY received_at LIMIT ${SHOWN}`,
  );
  const deadLetters = await database.query<DeadLetter>(
    `SELECT stage, consumer, partition_key AS \`key\`, message_id AS messageId, type, attempts, error,
            DATE_FORMAT(failed_at, '%Y-%m-%dT%H:%i:%sZ') AS failedAt
     FROM seamcut_dead_letter WHERE redriven_at IS NULL ORDER BY failed_at DESC LIMIT ${SHOWN}`,
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
    blocked,
    deadLetters,
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
 * Lets the handler run once more for messages that it has handled since then and that are not purged yet: all their
 * effects happen again. In the order of their keys, before what is still to come.
 */
export async function replay(
  database: Database,
  consumer: string,
  which: { readonly since: Date; readonly type?: string },
): Promise<number> {
  const type = which.type === undefined ? "" : "AND type = ?";
  const since = which.since.toISOString().replace("T", " ").replace("Z", "");
  const [result] = await database.query<{ affected: number }>(
    `UPDATE seamcut_inbox SET processed_at = NULL, attempts = 0, next_attempt_at = UTC_TIMESTAMP(6)
     WHERE consumer = ? AND processed_at >= ? ${type}`,
    [consumer, since, ...(which.type === undefined ? [] : [which.type])],
  );
  return result?.affected ?? 0;
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
