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
const ROWS_AT_A_TIME = 500;
/** Four bytes each at most: far below the packet that servers take by default. */
const MAX_CHARACTERS = 1_000_000;
/** For transactions of a few statements that wait for nothing. */
const BRIEF_MS = 5000;
const LATER = "UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND";
const DECISION = `COALESCE(JSON_UNQUOTE(JSON_EXTRACT(headers, CONCAT('$.decision.', JSON_QUOTE(?)))),
                           JSON_UNQUOTE(JSON_EXTRACT(headers, '$.decision."*"')))`;

/** Keys spread over the shards; the same key always lands on the same one. */
export function shardOf(key: string): number {
  let hash = 2166136261;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 16777619);
  }
  return (hash >>> 0) % SHARDS;
}

/**
 * Runs a handler's work in one transaction, from its first statement to its last. The server ends the transaction of
 * one of two that wait for each other, and callees swallow errors: without the savepoint, what came after that would
 * be committed alone, and the message marked as handled.
 */
export function transact<T>(
  database: Database,
  idleMs: number,
  work: (sql: Sql, tx: unknown) => Promise<T>,
): Promise<T> {
  return bounded(database, idleMs, async (sql, tx) => {
    await sql.query("SAVEPOINT seamcut_work");
    const result = await work(sql, tx);
    await sql.query("RELEASE SAVEPOINT seamcut_work");
    return result;
  });
}

/**
 * Runs `work` in a transaction that the server ends when it stands idle for longer than `idleMs` (whole seconds, at
 * least one): a process that is stopped or cut off loses its locks, so a successor never waits for it.
 */
function bounded<T>(database: Database, idleMs: number, work: (sql: Sql, tx: unknown) => Promise<T>): Promise<T> {
  return database.transaction(async (sql, tx) => {
    await sql.query(`SET SESSION wait_timeout = ${Math.max(1, Math.floor(idleMs / 1000))}, autocommit = 0`);
    // Ends the transaction before the session has its own patience back: by then nothing is locked any more. What the
    // ORM sends afterwards finds nothing left to end.
    const end = async (how: "COMMIT" | "ROLLBACK") => {
      await sql.query(how);
      await sql.query("SET SESSION wait_timeout = DEFAULT, autocommit = DEFAULT");
    };
    const result = await work(sql, tx).catch(async (error: unknown) => {
      // A session that is gone has nothing to end; its own failure is the one to report.
      await end("ROLLBACK").catch(() => undefined);
      throw error;
    });
    await end("COMMIT");
    return result;
  });
}

/**
 * Held until the caller's transaction ends: events of one key get their numbers in the order of their commits. Taken
 * in one order, so that two callers cannot block each other.
 */
export async function lockKeys(sql: Sql, keys: readonly string[]): Promise<void> {
  const sorted = [...new Set(keys)].sort();
  for (let from = 0; from < sorted.length; from += ROWS_AT_A_TIME) {
    const some = sorted.slice(from, from + ROWS_AT_A_TIME);
    await sql.query(
      `INSERT INTO seamcut_outbox_key (partition_key, version) VALUES ${some.map(() => "(?, 1)").join(", ")}
       ON DUPLICATE KEY UPDATE version = version + 1`,
      some,
    );
  }
}

/** Fails soon where an insert would have to wait, behind a migration of the table for instance. Locks no row. */
export async function refuseToWait(sql: Sql): Promise<void> {
  // The hint is MySQL's, NOWAIT (for the table as well) is MariaDB's; each of them passes over the other's.
  await sql.query("SELECT /*+ SET_VAR(lock_wait_timeout = 1) */ seq FROM seamcut_outbox LIMIT 0 FOR UPDATE NOWAIT");
}

/** Inserts in the order given, as many at a time as one statement may hold. */
export async function insertOutbox(sql: Sql, rows: readonly OutboxRow[]): Promise<void> {
  let some: unknown[][] = [];
  let size = 0;
  const flush = async () => {
    if (some.length === 0) return;
    await sql.query(
      `INSERT INTO seamcut_outbox (id, aggregatetype, aggregateid, type, payload, headers, shard)
       VALUES ${some.map(() => "(?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
      some.flat(),
    );
    some = [];
    size = 0;
  };
  for (const row of rows) {
    const payload = JSON.stringify(row.payload);
    const headers = JSON.stringify(row.headers);
    if (some.length === ROWS_AT_A_TIME || size + payload.length > MAX_CHARACTERS) await flush();
    some.push([row.id, row.aggregatetype, row.aggregateid, row.type, payload, headers, row.shard]);
    size += payload.length;
  }
  await flush();
}

export async function readSubscriptions(sql: Sql): Promise<Subscription[]> {
  return sql.query<Subscription>("SELECT consumer, type, origin, state, mode FROM seamcut_subscription");
}

/**
 * Whether anything that the consumer's handler has to do still waits: of this key (`orders/42`), or of this type where
 * the key is null. Messages whose work the direct call did do not count.
 */
export async function hasPending(sql: Sql, consumer: string, type: string, key: string | null): Promise<boolean> {
  const slash = key?.indexOf("/") ?? 0;
  const inbox = key === null ? "type = ?" : "partition_key = ?";
  const outbox = key === null ? "type = ?" : "shard = ? AND aggregatetype = ? AND aggregateid = ?";
  const outboxParameters = key === null ? [type] : [shardOf(key), key.slice(0, slash), key.slice(slash + 1)];
  const rows = await sql.query<{ pending: number | string }>(
    `SELECT EXISTS (SELECT 1 FROM seamcut_inbox WHERE consumer = ? AND waits = 1 AND ${inbox} AND ${DECISION} = 'event')
         OR EXISTS (SELECT 1 FROM seamcut_outbox WHERE ${outbox} AND ${DECISION} = 'event') AS pending`,
    [consumer, key ?? type, consumer, ...outboxParameters, consumer],
  );
  return Number(rows[0]?.pending) === 1;
}

/** Takes the shards whose lease has run out and renews our own; gives what this process holds now. */
export async function leaseShards(database: Database, owner: string, leaseMs: number): Promise<number[]> {
  return bounded(database, leaseMs / 2, async (sql) => {
    const rows = await sql.query<{ shard: number }>(
      `SELECT shard FROM seamcut_outbox_shard
       WHERE owner IS NULL OR owner = ? OR expires_at < UTC_TIMESTAMP(6) FOR UPDATE SKIP LOCKED`,
      [owner],
    );
    const shards = rows.map((row) => Number(row.shard)).sort((a, b) => a - b);
    if (shards.length === 0) return [];
    // Assignments run from left to right: the fence still sees the former owner.
    await sql.query(
      `UPDATE seamcut_outbox_shard
       SET fence = fence + IF(owner <=> ? AND expires_at >= UTC_TIMESTAMP(6), 0, 1), owner = ?, expires_at = ${LATER}
       WHERE shard IN (${marks(shards)})`,
      [owner, owner, leaseMs * 1000, ...shards],
    );
    return shards;
  });
}

export async function releaseShards(database: Database, owner: string): Promise<void> {
  await database.query("UPDATE seamcut_outbox_shard SET owner = NULL WHERE owner = ?", [owner]);
}

/**
 * Moves one batch from the outbox to the inboxes of its subscribers, in one transaction under the leases. A message
 * that was decided for a consumer without subscription goes into that consumer's inbox all the same: nobody else will
 * do its work.
 */
export async function drainBatch(database: Database, owner: string, limit: number, leaseMs: number): Promise<Drained> {
  return bounded(database, leaseMs / 2, async (sql) => {
    const held = await sql.query<{ shard: number }>(
      `SELECT shard FROM seamcut_outbox_shard
       WHERE owner = ? AND expires_at > UTC_TIMESTAMP(6) LOCK IN SHARE MODE`,
      [owner],
    );
    if (held.length === 0) return { moved: 0, unsubscribed: [] };
    const shards = held.map((row) => Number(row.shard));
    const rows = await sql.query<{ seq: string | number; type: string; headers: string }>(
      `SELECT seq, type, CAST(headers AS CHAR) AS headers FROM seamcut_outbox
       WHERE shard IN (${marks(shards)}) ORDER BY seq LIMIT ${Math.floor(limit)}`,
      shards,
    );
    if (rows.length === 0) return { moved: 0, unsubscribed: [] };
    // Read after the batch: a consumer that a message was decided for has committed its subscription by then.
    const subscriptions = await sql.query<{ consumer: string; type: string }>(
      "SELECT consumer, type FROM seamcut_subscription LOCK IN SHARE MODE",
    );
    const subscribed = new Set(subscriptions.map((row) => `${row.consumer} ${row.type}`));
    const receivers = new Map<string, (string | number)[]>();
    const unsubscribed = new Set<string>();
    for (const row of rows) {
      for (const { consumer, type } of subscriptions) if (type === row.type) push(receivers, consumer, row.seq);
      for (const [consumer, mode] of Object.entries(decisionIn(row.headers))) {
        if (consumer === "*" || mode !== "event" || subscribed.has(`${consumer} ${row.type}`)) continue;
        push(receivers, consumer, row.seq);
        unsubscribed.add(consumer);
      }
    }
    for (const [consumer, sequences] of receivers) {
      await sql.query(
        `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
         SELECT ?, o.id, o.type, CONCAT(o.aggregatetype, '/', o.aggregateid), o.seq, o.payload, o.headers
         FROM seamcut_outbox o WHERE o.seq IN (${marks(sequences)})
         ON DUPLICATE KEY UPDATE seq = seamcut_inbox.seq`,
        [consumer, ...sequences],
      );
    }
    const sequences = rows.map((row) => row.seq);
    await sql.query(`DELETE FROM seamcut_outbox WHERE seq IN (${marks(sequences)})`, sequences);
    return { moved: rows.length, unsubscribed: [...unsubscribed] };
  });
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function decisionIn(headers: string): Record<string, unknown> {
  const { decision } = JSON.parse(headers) as { decision?: unknown };
  return decision !== null && typeof decision === "object" ? (decision as Record<string, unknown>) : {};
}

function marks(values: readonly unknown[]): string {
  return values.map(() => "?").join(", ");
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
  if (types.length === 0) return [];
  const [filling] = await sql.query(
    "SELECT 1 FROM seamcut_subscription WHERE consumer = ? AND state = 'backfilling' LIMIT 1",
    [consumer],
  );
  if (filling) return [];
  const found: { message_id: string; partition_key: string }[] = [];
  let from = after;
  for (;;) {
    // Grouped by all columns that the index begins with: by the key alone, every message would be read.
    const keys = await sql.query<{ partition_key: string; seq: string | number }>(
      `SELECT partition_key, MIN(seq) AS seq FROM seamcut_inbox FORCE INDEX (seamcut_inbox_head)
       WHERE consumer = ? AND waits = 1 AND partition_key > ?
       GROUP BY consumer, waits, partition_key LIMIT ${ROWS_AT_A_TIME}`,
      [consumer, from],
    );
    const last = keys[keys.length - 1];
    if (!last) return found;
    found.push(
      ...(await sql.query<{ message_id: string; partition_key: string }>(
        `SELECT message_id, partition_key FROM seamcut_inbox FORCE INDEX (seamcut_inbox_head)
         WHERE consumer = ? AND waits = 1
           AND (partition_key, seq) IN (${keys.map(() => "(?, ?)").join(", ")})
           AND next_attempt_at <= UTC_TIMESTAMP(6) AND type IN (${marks(types)})
         ORDER BY partition_key LIMIT ${Math.floor(limit) - found.length}`,
        [consumer, ...keys.flatMap((key) => [key.partition_key, key.seq]), ...types],
      )),
    );
    if (found.length >= limit || keys.length < ROWS_AT_A_TIME) return found;
    from = last.partition_key;
  }
}

/** Types that wait for the consumer and are none of these. */
export async function findOtherTypes(sql: Sql, consumer: string, types: readonly string[]): Promise<string[]> {
  const other = types.length === 0 ? "" : `AND type NOT IN (${marks(types)})`;
  const rows = await sql.query<{ type: string }>(
    `SELECT DISTINCT type FROM seamcut_inbox WHERE consumer = ? AND waits = 1 ${other} ORDER BY type`,
    [consumer, ...types],
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
  return bounded(database, claimMs, async (sql) => {
    const [row] = await sql.query<Omit<InboxMessage, "payload" | "headers"> & { payload: string; headers: string }>(
      `SELECT consumer, message_id, type, partition_key, CAST(seq AS CHAR) AS seq, CAST(payload AS CHAR) AS payload,
              CAST(headers AS CHAR) AS headers, attempts + 1 AS attempts, last_error FROM seamcut_inbox
       WHERE consumer = ? AND message_id = ? AND processed_at IS NULL AND next_attempt_at <= UTC_TIMESTAMP(6)
       FOR UPDATE SKIP LOCKED`,
      [consumer, messageId],
    );
    if (!row) return null;
    await sql.query(
      `UPDATE seamcut_inbox SET attempts = attempts + 1, next_attempt_at = ${LATER} WHERE consumer = ? AND message_id = ?`,
      [claimMs * 1000, consumer, messageId],
    );
    return {
      ...row,
      attempts: Number(row.attempts),
      payload: JSON.parse(row.payload),
      headers: JSON.parse(row.headers),
    };
  });
}

/** Keeps a claim while a slow external effect runs. False: it was lost. */
export async function renewClaim(database: Database, message: InboxMessage, claimMs: number): Promise<boolean> {
  return bounded(database, claimMs, async (sql) => {
    if (!(await lockMessage(sql, message))) return false;
    await sql.query(`UPDATE seamcut_inbox SET next_attempt_at = ${LATER} WHERE consumer = ? AND message_id = ?`, [
      claimMs * 1000,
      message.consumer,
      message.message_id,
    ]);
    return true;
  });
}

/** Locks the message for its handler; false when it was handled or claimed by somebody else since. */
export async function lockMessage(sql: Sql, message: InboxMessage): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM seamcut_inbox
     WHERE consumer = ? AND message_id = ? AND attempts = ? AND processed_at IS NULL FOR UPDATE`,
    [message.consumer, message.message_id, message.attempts],
  );
  return rows.length > 0;
}

export async function markProcessed(sql: Sql, message: InboxMessage): Promise<void> {
  await sql.query(
    `UPDATE seamcut_inbox SET processed_at = UTC_TIMESTAMP(6), last_error = NULL
     WHERE consumer = ? AND message_id = ? AND attempts = ?`,
    [message.consumer, message.message_id, message.attempts],
  );
}

/** Tries again later. */
export async function postpone(sql: Sql, message: InboxMessage, delayMs: number, error: string): Promise<void> {
  await sql.query(
    `UPDATE seamcut_inbox SET next_attempt_at = ${LATER}, last_error = ?
     WHERE consumer = ? AND message_id = ? AND attempts = ? AND processed_at IS NULL`,
    [delayMs * 1000, error.slice(0, 2000), message.consumer, message.message_id, message.attempts],
  );
}

/** Sets a message aside; the next of its key may run. */
export async function moveToDeadLetter(database: Database, message: InboxMessage, error: string): Promise<void> {
  await bounded(database, BRIEF_MS, async (sql) => {
    if (!(await lockMessage(sql, message))) return;
    const which = [message.consumer, message.message_id];
    await sql.query(
      `INSERT INTO seamcut_dead_letter
         (stage, consumer, message_id, type, partition_key, seq, payload, headers, attempts, error)
       SELECT 'inbox', consumer, message_id, type, partition_key, seq, payload, headers, attempts, ?
       FROM seamcut_inbox i WHERE consumer = ? AND message_id = ?
       ON DUPLICATE KEY UPDATE attempts = VALUES(attempts), error = VALUES(error),
         failed_at = UTC_TIMESTAMP(6), redriven_at = NULL`,
      [error.slice(0, 2000), ...which],
    );
    await sql.query("DELETE FROM seamcut_inbox WHERE consumer = ? AND message_id = ?", which);
  });
}
