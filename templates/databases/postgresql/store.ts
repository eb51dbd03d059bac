import type { Database, Sql } from "./database";

/** The tables, as the foundation's migration creates them. All SQL of the runtime is in this file. */

export interface OutboxRow {
  readonly id: string;
  readonly aggregatetype: string;
  readonly aggregateid: string;
  readonly type: string;
  readonly payload: unknown;
  readonly headers: Record<string, unknown>;
  readonly shard: number;
}

export interface Subscription {
  readonly consumer: string;
  readonly type: string;
  readonly origin: "native" | "migrating";
  readonly state: "live" | "backfilling";
  readonly mode: "call" | "draining" | "event";
}

export interface InboxMessage {
  readonly consumer: string;
  readonly message_id: string;
  readonly type: string;
  readonly partition_key: string;
  readonly seq: string;
  readonly payload: unknown;
  readonly headers: Record<string, unknown>;
  readonly attempts: number;
  readonly last_error: string | null;
}

export interface Drained {
  readonly moved: number;
  /** Consumers that messages were decided for although they have no subscription (any more). */
  readonly unsubscribed: readonly string[];
}

const SHARDS = 16;
const MAX_KEY_LOCKS = 64;

/** Keys spread over the shards; the same key always lands on the same one. */
export function shardOf(key: string): number {
  let hash = 2166136261;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 16777619);
  }
  return (hash >>> 0) % SHARDS;
}

/**
 * Runs `work` in a transaction that the server ends when it stands idle for longer than `idleMs`: a process that is
 * stopped or cut off loses its locks before its lease or claim runs out, so a successor never waits for it.
 */
export function transact<T>(
  database: Database,
  idleMs: number,
  work: (sql: Sql, tx: unknown) => Promise<T>,
): Promise<T> {
  return database.transaction(async (sql, tx) => {
    await sql.query(`SET LOCAL idle_in_transaction_session_timeout = ${Math.max(1, Math.floor(idleMs))}`);
    return work(sql, tx);
  });
}

/**
 * Held until the caller's transaction ends: events of one key get their numbers in the order of their commits. Taken
 * in one order, so that two callers cannot block each other. Many keys would fill the server's lock table: there
 * whole shards are locked, which every other caller holds in share mode.
 */
export async function lockKeys(sql: Sql, keys: readonly string[]): Promise<void> {
  const sorted = [...new Set(keys)].sort();
  const shards = [...new Set(sorted.map(shardOf))].sort((a, b) => a - b);
  if (sorted.length > MAX_KEY_LOCKS) {
    await sql.query(
      "SELECT pg_advisory_xact_lock(hashtextextended('seamcut shard ' || shard, 0)) FROM unnest($1::int[]) AS shard",
      [shards],
    );
    return;
  }
  await sql.query(
    `SELECT pg_advisory_xact_lock_shared(hashtextextended('seamcut shard ' || shard, 0)) FROM unnest($1::int[]) AS shard
     UNION ALL
     SELECT pg_advisory_xact_lock(hashtextextended('seamcut key ' || key, 0)) FROM unnest($2::text[]) AS key`,
    [shards, sorted],
  );
}

/** Fails at once where an insert would have to wait, behind a migration of the table for instance. */
export async function refuseToWait(sql: Sql): Promise<void> {
  await sql.query("LOCK TABLE seamcut_outbox IN ROW EXCLUSIVE MODE NOWAIT");
}

/** Inserts in the order given. */
export async function insertOutbox(sql: Sql, rows: readonly OutboxRow[]): Promise<void> {
  await sql.query(
    `INSERT INTO seamcut_outbox (id, aggregatetype, aggregateid, type, payload, headers, shard)
     SELECT id, aggregatetype, aggregateid, type, payload::jsonb, headers::jsonb, shard
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[])
       WITH ORDINALITY AS event (id, aggregatetype, aggregateid, type, payload, headers, shard, n)
     ORDER BY n`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.aggregatetype),
      rows.map((row) => row.aggregateid),
      rows.map((row) => row.type),
      rows.map((row) => JSON.stringify(row.payload)),
      rows.map((row) => JSON.stringify(row.headers)),
      rows.map((row) => row.shard),
    ],
  );
}

export async function readSubscriptions(sql: Sql): Promise<Subscription[]> {
  return sql.query<Subscription>("SELECT consumer, type, origin, state, mode FROM seamcut_subscription");
}

/**
 * Whether anything that the consumer's handler has to do still waits: of this key (`orders/42`), or of this type where
 * the key is null. Messages whose work the direct call did do not count.
 */
export async function hasPending(sql: Sql, consumer: string, type: string, key: string | null): Promise<boolean> {
  const [aggregatetype, aggregateid] = key === null ? [null, null] : splitKey(key);
  const rows = await sql.query<{ pending: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM seamcut_inbox
                    WHERE consumer = $1 AND processed_at IS NULL
                      AND CASE WHEN $3::text IS NULL THEN type = $2 ELSE partition_key = $3 END
                      AND coalesce(headers->'decision'->>$1, headers->'decision'->>'*') = 'event')
         OR EXISTS (SELECT 1 FROM seamcut_outbox
                    WHERE ($3::text IS NULL OR shard = $4)
                      AND CASE WHEN $3::text IS NULL THEN type = $2 ELSE aggregatetype = $5 AND aggregateid = $6 END
                      AND coalesce(headers->'decision'->>$1, headers->'decision'->>'*') = 'event') AS pending`,
    [consumer, type, key, key === null ? null : shardOf(key), aggregatetype, aggregateid],
  );
  return rows[0]?.pending === true;
}

function splitKey(key: string): [string, string] {
  const slash = key.indexOf("/");
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** Takes the shards whose lease has run out and renews our own; gives what this process holds now. */
export async function leaseShards(database: Database, owner: string, leaseMs: number): Promise<number[]> {
  const rows = await database.query<{ shard: number }>(
    `WITH free AS (
       SELECT shard FROM seamcut_outbox_shard
       WHERE owner IS NULL OR owner = $1 OR expires_at < clock_timestamp()
       ORDER BY shard FOR UPDATE SKIP LOCKED),
     taken AS (
       UPDATE seamcut_outbox_shard s
       SET fence = s.fence + CASE WHEN s.owner = $1 AND s.expires_at >= clock_timestamp() THEN 0 ELSE 1 END,
           owner = $1, expires_at = clock_timestamp() + $2 * interval '1 millisecond'
       FROM free WHERE s.shard = free.shard RETURNING s.shard)
     SELECT shard FROM taken ORDER BY shard`,
    [owner, leaseMs],
  );
  return rows.map((row) => Number(row.shard));
}

export async function releaseShards(database: Database, owner: string): Promise<void> {
  await database.query("UPDATE seamcut_outbox_shard SET owner = NULL WHERE owner = $1", [owner]);
}

/**
 * Moves one batch from the outbox to the inboxes of its subscribers, in one transaction under the leases. A message
 * that was decided for a consumer without subscription goes into that consumer's inbox all the same: nobody else will
 * do its work.
 */
export async function drainBatch(database: Database, owner: string, limit: number, leaseMs: number): Promise<Drained> {
  return transact(database, leaseMs / 2, async (sql) => {
    const held = await sql.query<{ shard: number }>(
      "SELECT shard FROM seamcut_outbox_shard WHERE owner = $1 AND expires_at > clock_timestamp() FOR SHARE",
      [owner],
    );
    if (held.length === 0) return { moved: 0, unsubscribed: [] };
    // Whoever subscribes and copies older events locks this table: no event falls between the copy and the fan-out.
    await sql.query("LOCK TABLE seamcut_subscription IN ROW SHARE MODE");
    const rows = await sql.query<Drained>(
      `WITH batch AS (
         SELECT next.shard, next.seq FROM unnest($1::smallint[]) AS held (shard)
         CROSS JOIN LATERAL (
           SELECT shard, seq FROM seamcut_outbox o WHERE o.shard = held.shard ORDER BY seq LIMIT $2) next
         ORDER BY seq LIMIT $2),
       moved AS (
         DELETE FROM seamcut_outbox o USING batch WHERE o.shard = batch.shard AND o.seq = batch.seq RETURNING o.*),
       named AS (
         SELECT m.id, d.key AS consumer FROM moved m
         CROSS JOIN LATERAL jsonb_each_text(
           CASE WHEN jsonb_typeof(m.headers->'decision') = 'object' THEN m.headers->'decision' ELSE '{}' END) d
         WHERE d.key <> '*' AND d.value = 'event'
           AND NOT EXISTS (SELECT 1 FROM seamcut_subscription s WHERE s.consumer = d.key AND s.type = m.type)),
       receiver AS (
         SELECT m.id, s.consumer FROM moved m JOIN seamcut_subscription s ON s.type = m.type
         UNION ALL SELECT id, consumer FROM named),
       placed AS (
         INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
         SELECT r.consumer, m.id, m.type, m.aggregatetype || '/' || m.aggregateid, m.seq, m.payload, m.headers
         FROM moved m JOIN receiver r ON r.id = m.id
         ON CONFLICT DO NOTHING)
       SELECT (SELECT count(*)::int FROM moved) AS moved, ARRAY(SELECT DISTINCT consumer FROM named) AS unsubscribed`,
      [held.map((row) => Number(row.shard)), limit],
    );
    return rows[0] ?? { moved: 0, unsubscribed: [] };
  });
}

/**
 * Heads of keys that may run now and that this process has a handler for. Hops from key to key along the index, so a
 * blocked key costs one step however many messages wait behind it. `after` goes round, so that no key starves another.
 * Nothing runs while the consumer is being filled with older events.
 */
export async function findHeads(
  sql: Sql,
  consumer: string,
  types: readonly string[],
  after: string,
  limit: number,
): Promise<{ message_id: string; partition_key: string }[]> {
  return sql.query(
    `WITH RECURSIVE heads AS (
       (SELECT partition_key, message_id, type, next_attempt_at FROM seamcut_inbox
        WHERE consumer = $1 AND processed_at IS NULL AND partition_key > $2
        ORDER BY partition_key, seq LIMIT 1)
       UNION ALL
       SELECT n.* FROM heads h CROSS JOIN LATERAL (
         SELECT partition_key, message_id, type, next_attempt_at FROM seamcut_inbox
         WHERE consumer = $1 AND processed_at IS NULL AND partition_key > h.partition_key
         ORDER BY partition_key, seq LIMIT 1) n)
     SELECT message_id, partition_key FROM heads
     WHERE next_attempt_at <= clock_timestamp() AND type = ANY($4::text[])
       AND NOT EXISTS (SELECT 1 FROM seamcut_subscription WHERE consumer = $1 AND state = 'backfilling')
     LIMIT $3`,
    [consumer, after, limit, types],
  );
}

/** Types that wait for the consumer and are none of these. */
export async function findOtherTypes(sql: Sql, consumer: string, types: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ type: string }>(
    `SELECT DISTINCT type FROM seamcut_inbox
     WHERE consumer = $1 AND processed_at IS NULL AND type <> ALL($2::text[]) ORDER BY type`,
    [consumer, types],
  );
  return rows.map((row) => row.type);
}

/**
 * Counts the attempt in a commit of its own, just before the handler starts. Null when another worker was faster, or
 * is still at it although its claim has run out.
 */
export async function claim(
  database: Database,
  consumer: string,
  messageId: string,
  claimMs: number,
): Promise<InboxMessage | null> {
  const rows = await database.query<InboxMessage>(
    `WITH claimed AS (
       UPDATE seamcut_inbox i SET attempts = i.attempts + 1,
              next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond'
       FROM (SELECT consumer, message_id FROM seamcut_inbox
             WHERE consumer = $1 AND message_id = $2 AND processed_at IS NULL AND next_attempt_at <= clock_timestamp()
             FOR UPDATE SKIP LOCKED) due
       WHERE i.consumer = due.consumer AND i.message_id = due.message_id
       RETURNING i.consumer, i.message_id, i.type, i.partition_key, i.seq::text AS seq, i.payload, i.headers, i.attempts, i.last_error)
     SELECT * FROM claimed`,
    [consumer, messageId, claimMs],
  );
  return rows[0] ?? null;
}

/** Keeps a claim while a slow external effect runs. False: it was lost. */
export async function renewClaim(database: Database, message: InboxMessage, claimMs: number): Promise<boolean> {
  const rows = await database.query(
    `WITH renewed AS (
       UPDATE seamcut_inbox SET next_attempt_at = clock_timestamp() + $4 * interval '1 millisecond'
       WHERE consumer = $1 AND message_id = $2 AND attempts = $3 AND processed_at IS NULL RETURNING 1)
     SELECT 1 FROM renewed`,
    [message.consumer, message.message_id, message.attempts, claimMs],
  );
  return rows.length > 0;
}

/** Locks the message for its handler; false when it was handled or claimed by somebody else since. */
export async function lockMessage(sql: Sql, message: InboxMessage): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM seamcut_inbox
     WHERE consumer = $1 AND message_id = $2 AND attempts = $3 AND processed_at IS NULL FOR UPDATE`,
    [message.consumer, message.message_id, message.attempts],
  );
  return rows.length > 0;
}

export async function markProcessed(sql: Sql, message: InboxMessage): Promise<void> {
  await sql.query(
    `UPDATE seamcut_inbox SET processed_at = clock_timestamp(), last_error = NULL
     WHERE consumer = $1 AND message_id = $2 AND attempts = $3`,
    [message.consumer, message.message_id, message.attempts],
  );
}

/** Tries again later. */
export async function postpone(sql: Sql, message: InboxMessage, delayMs: number, error: string): Promise<void> {
  await sql.query(
    `UPDATE seamcut_inbox
     SET next_attempt_at = clock_timestamp() + $4 * interval '1 millisecond', last_error = $5
     WHERE consumer = $1 AND message_id = $2 AND attempts = $3 AND processed_at IS NULL`,
    [message.consumer, message.message_id, message.attempts, delayMs, asText(error)],
  );
}

/** Sets a message aside in one statement; the next of its key may run. */
export async function moveToDeadLetter(sql: Sql, message: InboxMessage, error: string): Promise<void> {
  await sql.query(
    `WITH dead AS (
       DELETE FROM seamcut_inbox
       WHERE consumer = $1 AND message_id = $2 AND attempts = $4 AND processed_at IS NULL RETURNING *)
     INSERT INTO seamcut_dead_letter (stage, consumer, message_id, type, partition_key, seq, payload, headers, attempts, error)
     SELECT 'inbox', consumer, message_id, type, partition_key, seq, payload, headers, attempts, $3 FROM dead
     ON CONFLICT (stage, consumer, message_id) DO UPDATE
       SET attempts = EXCLUDED.attempts, error = EXCLUDED.error, failed_at = clock_timestamp(), redriven_at = NULL`,
    [message.consumer, message.message_id, asText(error), message.attempts],
  );
}

/** PostgreSQL stores no NUL, and an error's text may well hold one. */
function asText(error: string): string {
  return error.replaceAll("\0", "").slice(0, 2000);
}
