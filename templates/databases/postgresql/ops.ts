import type { Database } from "./database";
import { hasPending } from "./store";

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

/** What waits, where, since when. */
export async function status(database: Database): Promise<OutboxStatus> {
  const [outbox] = await database.query<{ pending: number; oldest: number }>(
    `SELECT count(*)::int AS pending,
            coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS oldest FROM seamcut_outbox`,
  );
  const consumers = await database.query<{
    consumer: string;
    pending: number;
    oldest: number;
    blocked: number;
    dead: number;
  }>(
    `SELECT c.consumer,
            (SELECT count(*)::int FROM seamcut_inbox i WHERE i.consumer = c.consumer AND processed_at IS NULL) AS pending,
            (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(received_at)), 0)::float8
               FROM seamcut_inbox i WHERE i.consumer = c.consumer AND processed_at IS NULL) AS oldest,
            (SELECT count(DISTINCT partition_key)::int FROM seamcut_inbox i
               WHERE i.consumer = c.consumer AND processed_at IS NULL AND last_error IS NOT NULL) AS blocked,
            (SELECT count(*)::int FROM seamcut_dead_letter d
               WHERE d.consumer = c.consumer AND d.redriven_at IS NULL) AS dead
     FROM (SELECT consumer FROM seamcut_subscription
           UNION SELECT consumer FROM seamcut_inbox WHERE processed_at IS NULL
           UNION SELECT consumer FROM seamcut_dead_letter WHERE stage = 'inbox' AND redriven_at IS NULL) c
     ORDER BY c.consumer`,
  );
  const blocked = await database.query<BlockedKey>(
    `SELECT consumer, partition_key AS key, message_id AS "messageId", type, attempts, last_error AS error
     FROM seamcut_inbox WHERE processed_at IS NULL AND last_error IS NOT NULL ORDER BY received_at LIMIT ${SHOWN}`,
  );
  const deadLetters = await database.query<DeadLetter>(
    `SELECT stage, consumer, partition_key AS key, message_id AS "messageId", type, attempts, error,
            to_char(failed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "failedAt"
     FROM seamcut_dead_letter WHERE redriven_at IS NULL ORDER BY failed_at DESC LIMIT ${SHOWN}`,
  );
  return {
    outboxPending: outbox?.pending ?? 0,
    outboxOldestSeconds: outbox?.oldest ?? 0,
    consumers: consumers.map((row) => ({
      consumer: row.consumer,
      pending: row.pending,
      oldestSeconds: row.oldest,
      blockedKeys: row.blocked,
      dead: row.dead,
    })),
    blocked,
    deadLetters,
  };
}

/** Puts dead letters back into their inbox. Out of order by definition: what came after them has run. */
export async function redrive(database: Database, consumer: string, messageId?: string): Promise<number> {
  const rows = await database.query<{ count: number }>(
    `WITH again AS (
       UPDATE seamcut_dead_letter SET redriven_at = clock_timestamp()
       WHERE consumer = $1 AND redriven_at IS NULL AND ($2::uuid IS NULL OR message_id = $2::uuid) RETURNING *),
     placed AS (
       INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
       SELECT consumer, message_id, type, partition_key, seq, payload, headers FROM again ON CONFLICT DO NOTHING)
     SELECT count(*)::int AS count FROM again`,
    [consumer, messageId ?? null],
  );
  return rows[0]?.count ?? 0;
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
  const rows = await database.query<{ count: number }>(
    `WITH again AS (
       UPDATE seamcut_inbox SET processed_at = NULL, attempts = 0, next_attempt_at = clock_timestamp()
       WHERE consumer = $1 AND processed_at >= $2::timestamptz AND ($3::text IS NULL OR type = $3::text) RETURNING 1)
     SELECT count(*)::int AS count FROM again`,
    [consumer, which.since.toISOString(), which.type ?? null],
  );
  return rows[0]?.count ?? 0;
}

/**
 * Forgets handled messages past the time in which a duplicate may still arrive, and dead letters that were redriven
 * as long ago; in batches, so that nothing waits.
 */
export async function purge(database: Database, days = 7, batch = 5000): Promise<number> {
  const handled = `
    DELETE FROM seamcut_inbox i USING (
      SELECT consumer, message_id FROM seamcut_inbox
      WHERE processed_at < clock_timestamp() - $1 * interval '1 day' LIMIT $2) old
    WHERE i.consumer = old.consumer AND i.message_id = old.message_id RETURNING 1`;
  const redriven = `
    DELETE FROM seamcut_dead_letter d USING (
      SELECT stage, consumer, message_id FROM seamcut_dead_letter
      WHERE redriven_at < clock_timestamp() - $1 * interval '1 day' LIMIT $2) old
    WHERE d.stage = old.stage AND d.consumer = old.consumer AND d.message_id = old.message_id RETURNING 1`;
  let total = 0;
  for (const statement of [handled, redriven]) {
    for (;;) {
      const rows = await database.query<{ count: number }>(
        `WITH gone AS (${statement}) SELECT count(*)::int AS count FROM gone`,
        [days, batch],
      );
      const count = rows[0]?.count ?? 0;
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
  await database.transaction(async (sql) => {
    const [row] = await sql.query<{ mode: Mode }>(
      "SELECT mode FROM seamcut_subscription WHERE consumer = $1 AND type = $2 FOR UPDATE",
      [consumer, type],
    );
    if (!row) throw new Error(`${consumer} has no subscription to ${type}`);
    if (mode === "call" && row.mode === "event") throw new Error(`set ${consumer} to draining before call`);
    if (mode === "call" && (await hasPending(sql, consumer, type, null))) {
      throw new Error(`messages of ${type} still wait for ${consumer}: stay in draining until they are handled`);
    }
    await sql.query("UPDATE seamcut_subscription SET mode = $3 WHERE consumer = $1 AND type = $2", [
      consumer,
      type,
      mode,
    ]);
  });
}
