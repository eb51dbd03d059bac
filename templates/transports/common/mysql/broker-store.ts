import type { Database, Sql } from "./database";
import { numberedKeys, sortOut } from "./key-order";
import { transact } from "./store";
import type { Message } from "./wire";

/** All SQL of the way through a broker. */

export interface WaitingRow
  extends Pick<Message, "message_id" | "type" | "partition_key" | "seq" | "payload" | "headers"> {
  readonly shard: number;
}

export interface Waiting {
  readonly rows: readonly WaitingRow[];
  /** The fence of each leased shard: another number later means that somebody else had it in between. */
  readonly fences: ReadonlyMap<number, string>;
}

/** The oldest messages of the shards that this process holds. */
export async function readWaiting(database: Database, owner: string, limit: number): Promise<Waiting> {
  const held = await database.query<{ shard: number; fence: string }>(
    `SELECT shard, CAST(fence AS CHAR) AS fence FROM seamcut_outbox_shard
     WHERE owner = ? AND expires_at > UTC_TIMESTAMP(6)`,
    [owner],
  );
  const fences = new Map(held.map((row) => [Number(row.shard), row.fence]));
  if (fences.size === 0) return { rows: [], fences };
  const rows = await database.query<Omit<WaitingRow, "payload" | "headers"> & { payload: string; headers: string }>(
    `SELECT id AS message_id, type, CONCAT(aggregatetype, '/', aggregateid) AS partition_key, CAST(seq AS CHAR) AS seq,
            CAST(payload AS CHAR) AS payload, CAST(headers AS CHAR) AS headers, shard
     FROM seamcut_outbox o WHERE shard IN (${marks([...fences.keys()])}) ORDER BY o.seq LIMIT ${Math.floor(limit)}`,
    [...fences.keys()],
  );
  const parsed = rows.map((row) => ({
    ...row,
    shard: Number(row.shard),
    payload: JSON.parse(row.payload),
    headers: JSON.parse(row.headers),
  }));
  return { rows: parsed, fences };
}

/** How many messages of these keys each consumer was sent. */
export async function readVersions(
  sql: Sql,
  keys: readonly string[],
): Promise<{ consumer: string; partition_key: string; version: number }[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<{ consumer: string; partition_key: string; version: string }>(
    `SELECT consumer, partition_key, CAST(version AS CHAR) AS version FROM seamcut_sent
     WHERE partition_key IN (${marks(keys)})`,
    keys,
  );
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}

/**
 * Deletes what was published, counts it, and sets aside what the broker refused: only in shards that were this
 * process's all the time since they were read. Gives the number of messages that are done with.
 */
export async function deletePublished(
  database: Database,
  owner: string,
  leaseMs: number,
  waiting: Waiting,
  messages: readonly Message[],
  refused: ReadonlyMap<string, { readonly reason: string }>,
): Promise<number> {
  return transact(database, leaseMs / 2, async (sql) => {
    const held = await sql.query<{ shard: number; fence: string }>(
      `SELECT shard, CAST(fence AS CHAR) AS fence FROM seamcut_outbox_shard
       WHERE owner = ? AND expires_at > UTC_TIMESTAMP(6) LOCK IN SHARE MODE`,
      [owner],
    );
    const ours = new Set(
      held.filter((row) => waiting.fences.get(Number(row.shard)) === row.fence).map((row) => Number(row.shard)),
    );
    const rows = waiting.rows.filter((row) => ours.has(row.shard));
    if (rows.length === 0) return 0;
    const sequences = rows.map((row) => row.seq);
    await sql.query(`DELETE FROM seamcut_outbox WHERE seq IN (${marks(sequences)})`, sequences);
    const ids = new Set(rows.map((row) => row.message_id));
    const done = messages.filter((message) => ids.has(message.message_id));
    await countSent(sql, done);
    for (const message of done) {
      const reason = refused.get(message.message_id)?.reason;
      if (reason === undefined) continue;
      await sql.query(
        `INSERT INTO seamcut_dead_letter (stage, message_id, type, partition_key, seq, payload, headers, attempts, error)
         VALUES ('relay', ?, ?, ?, ?, ?, ?, 1, ?)
         ON DUPLICATE KEY UPDATE error = VALUES(error), failed_at = UTC_TIMESTAMP(6), redriven_at = NULL`,
        [...valuesOf(message), reason.slice(0, 2000)],
      );
    }
    return rows.length;
  });
}

async function countSent(sql: Sql, messages: readonly Message[]): Promise<void> {
  // Messages come in their order: the last number of a key stays.
  const last = new Map<string, readonly [string, string, number]>();
  for (const { partition_key, versions } of messages) {
    for (const [consumer, version] of Object.entries(versions)) {
      if (version !== null) last.set(`${consumer} ${partition_key}`, [consumer, partition_key, version]);
    }
  }
  if (last.size === 0) return;
  await sql.query(
    `INSERT INTO seamcut_sent (consumer, partition_key, version) VALUES ${[...last].map(() => "(?, ?, ?)").join(", ")}
     ON DUPLICATE KEY UPDATE version = VALUES(version)`,
    [...last.values()].flat(),
  );
}

/**
 * Puts messages into the consumer's inbox, or aside until the earlier ones of their key are there; in one transaction.
 * True when there may be something new for a handler.
 */
export async function accept(database: Database, consumer: string, messages: readonly Message[]): Promise<boolean> {
  const keys = numberedKeys(consumer, messages);
  return database.transaction(async (sql) => {
    const received = await lockReceived(sql, consumer, keys);
    const { placed, early, reached } = sortOut(consumer, messages, received);
    await place(sql, consumer, placed);
    await putAside(sql, consumer, early);
    const advanced = keys.filter((key) => reached.get(key) !== received.get(key));
    for (const key of await keysThatWait(sql, consumer, advanced)) {
      reached.set(key, await letGo(sql, consumer, key, reached.get(key) ?? 0));
    }
    await moveOn(
      sql,
      consumer,
      advanced.map((key) => [key, reached.get(key) ?? 0]),
    );
    return placed.length > 0;
  });
}

async function lockReceived(sql: Sql, consumer: string, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  // The update that changes nothing locks the rows that are there, in the order of the keys.
  await sql.query(
    `INSERT INTO seamcut_received (consumer, partition_key, version) VALUES ${keys.map(() => "(?, ?, 0)").join(", ")}
     ON DUPLICATE KEY UPDATE version = seamcut_received.version`,
    keys.flatMap((key) => [consumer, key]),
  );
  const rows = await sql.query<{ partition_key: string; version: string }>(
    `SELECT partition_key, CAST(version AS CHAR) AS version FROM seamcut_received
     WHERE consumer = ? AND partition_key IN (${marks(keys)})`,
    [consumer, ...keys],
  );
  return new Map(rows.map((row) => [row.partition_key, Number(row.version)]));
}

async function place(sql: Sql, consumer: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const dead = await sql.query<{ message_id: string }>(
    `SELECT message_id FROM seamcut_dead_letter
     WHERE stage = 'inbox' AND consumer = ? AND message_id IN (${marks(messages)})`,
    [consumer, ...messages.map((message) => message.message_id)],
  );
  const known = new Set(dead.map((row) => row.message_id));
  const living = messages.filter((message) => !known.has(message.message_id));
  if (living.length === 0) return;
  await sql.query(
    `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
     VALUES ${living.map(() => "(?, ?, ?, ?, ?, ?, ?)").join(", ")}
     ON DUPLICATE KEY UPDATE seq = seamcut_inbox.seq`,
    living.flatMap((message) => [consumer, ...valuesOf(message)]),
  );
}

async function putAside(sql: Sql, consumer: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await sql.query(
    `INSERT INTO seamcut_early (consumer, version, message_id, type, partition_key, seq, payload, headers, skipped)
     VALUES ${messages.map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}
     ON DUPLICATE KEY UPDATE seq = seamcut_early.seq`,
    messages.flatMap((message) => [consumer, message.versions[consumer], ...valuesOf(message), message.skipped]),
  );
}

async function keysThatWait(sql: Sql, consumer: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<{ partition_key: string }>(
    `SELECT DISTINCT partition_key FROM seamcut_early WHERE consumer = ? AND partition_key IN (${marks(keys)})`,
    [consumer, ...keys],
  );
  return rows.map((row) => row.partition_key);
}

/** Moves what waited for `version` into the inbox; gives the number that the key has reached then. */
async function letGo(sql: Sql, consumer: string, key: string, version: number): Promise<number> {
  for (let last = version; ; last++) {
    const which = [consumer, key, last + 1];
    // Lower numbers: another message of that number came meanwhile, most likely the same one again.
    const freed = await sql.query<{ version: string }>(
      `SELECT CAST(version AS CHAR) AS version FROM seamcut_early
       WHERE consumer = ? AND partition_key = ? AND version <= ?`,
      which,
    );
    if (freed.length === 0) return last;
    await sql.query(
      `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
       SELECT consumer, message_id, type, partition_key, seq, payload, headers FROM seamcut_early e
       WHERE consumer = ? AND partition_key = ? AND version <= ? AND NOT skipped
         AND NOT EXISTS (SELECT 1 FROM seamcut_dead_letter d
                         WHERE d.stage = 'inbox' AND d.consumer = e.consumer AND d.message_id = e.message_id)
       ON DUPLICATE KEY UPDATE seq = seamcut_inbox.seq`,
      which,
    );
    await sql.query("DELETE FROM seamcut_early WHERE consumer = ? AND partition_key = ? AND version <= ?", which);
    if (!freed.some((row) => Number(row.version) === last + 1)) return last;
  }
}

async function moveOn(sql: Sql, consumer: string, reached: readonly (readonly [string, number])[]): Promise<void> {
  if (reached.length === 0) return;
  await sql.query(
    `INSERT INTO seamcut_received (consumer, partition_key, version) VALUES ${reached.map(() => "(?, ?, ?)").join(", ")}
     ON DUPLICATE KEY UPDATE version = VALUES(version)`,
    reached.flatMap(([key, version]) => [consumer, key, version]),
  );
}

/** Keys whose messages have waited for an earlier one for longer than `olderMs`, and the number of that one. */
export async function findMissing(
  sql: Sql,
  consumer: string,
  olderMs: number,
): Promise<{ partition_key: string; version: number }[]> {
  const rows = await sql.query<{ partition_key: string; version: string }>(
    `SELECT e.partition_key, CAST(r.version + 1 AS CHAR) AS version
     FROM (SELECT DISTINCT consumer, partition_key FROM seamcut_early
           WHERE consumer = ? AND received_at < UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND) e
     JOIN seamcut_received r ON r.consumer = e.consumer AND r.partition_key = e.partition_key
     ORDER BY e.partition_key LIMIT 100`,
    [consumer, olderMs * 1000],
  );
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}

/** Gives up on messages that the broker has lost: what waited for them goes on. */
export async function skipMissing(database: Database, consumer: string, key: string): Promise<void> {
  await database.transaction(async (sql) => {
    await lockReceived(sql, consumer, [key]);
    const [first] = await sql.query<{ version: string | null }>(
      "SELECT CAST(MIN(version) AS CHAR) AS version FROM seamcut_early WHERE consumer = ? AND partition_key = ?",
      [consumer, key],
    );
    if (typeof first?.version !== "string") return;
    await moveOn(sql, consumer, [[key, await letGo(sql, consumer, key, Number(first.version) - 1)]]);
  });
}

function valuesOf(message: Message): readonly unknown[] {
  const { message_id, type, partition_key, seq, payload, headers } = message;
  return [message_id, type, partition_key, seq, JSON.stringify(payload ?? null), JSON.stringify(headers)];
}

function marks(values: readonly unknown[]): string {
  return values.map(() => "?").join(", ");
}
