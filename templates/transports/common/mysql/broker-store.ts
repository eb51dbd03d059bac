import type { Database, Sql } from "./database";
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
 * Puts a message into the consumer's inbox, or aside until the earlier ones of its key are there. False when nothing
 * new is there for a handler. One with a number that was passed already is new all the same unless its id is known:
 * numbers keep the order, ids tell duplicates.
 */
export async function accept(database: Database, consumer: string, message: Message): Promise<boolean> {
  const version = message.versions[consumer] ?? null;
  const key = [consumer, message.partition_key];
  return database.transaction(async (sql) => {
    if (version === null) return place(sql, consumer, message);
    await sql.query(
      `INSERT INTO seamcut_received (consumer, partition_key, version) VALUES (?, ?, 0)
       ON DUPLICATE KEY UPDATE version = seamcut_received.version`,
      key,
    );
    const [row] = await sql.query<{ version: string }>(
      `SELECT CAST(version AS CHAR) AS version FROM seamcut_received
       WHERE consumer = ? AND partition_key = ? FOR UPDATE`,
      key,
    );
    const received = Number(row?.version);
    if (version > received + 1) {
      await sql.query(
        `INSERT INTO seamcut_early (consumer, version, message_id, type, partition_key, seq, payload, headers, skipped)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE seq = seamcut_early.seq`,
        [consumer, version, ...valuesOf(message), message.skipped],
      );
      return false;
    }
    const placed = await place(sql, consumer, message);
    if (version === received + 1) await moveOn(sql, consumer, message.partition_key, version);
    return placed;
  });
}

async function place(sql: Sql, consumer: string, message: Message): Promise<boolean> {
  if (message.skipped) return false;
  const [dead] = await sql.query(
    "SELECT 1 FROM seamcut_dead_letter WHERE stage = 'inbox' AND consumer = ? AND message_id = ?",
    [consumer, message.message_id],
  );
  if (dead) return false;
  await sql.query(
    `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE seq = seamcut_inbox.seq`,
    [consumer, ...valuesOf(message)],
  );
  return true;
}

/** Notes that all is there up to `version`, and lets go what waited for it. */
async function moveOn(sql: Sql, consumer: string, key: string, version: number): Promise<void> {
  let last = version;
  for (;;) {
    const which = [consumer, key, last + 1];
    const [next] = await sql.query(
      "SELECT 1 FROM seamcut_early WHERE consumer = ? AND partition_key = ? AND version = ?",
      which,
    );
    if (!next) break;
    await sql.query(
      `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
       SELECT consumer, message_id, type, partition_key, seq, payload, headers FROM seamcut_early e
       WHERE consumer = ? AND partition_key = ? AND version = ? AND NOT skipped
         AND NOT EXISTS (SELECT 1 FROM seamcut_dead_letter d
                         WHERE d.stage = 'inbox' AND d.consumer = e.consumer AND d.message_id = e.message_id)
       ON DUPLICATE KEY UPDATE seq = seamcut_inbox.seq`,
      which,
    );
    await sql.query("DELETE FROM seamcut_early WHERE consumer = ? AND partition_key = ? AND version = ?", which);
    last++;
  }
  await sql.query("UPDATE seamcut_received SET version = ? WHERE consumer = ? AND partition_key = ?", [
    last,
    consumer,
    key,
  ]);
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
    await sql.query("SELECT 1 FROM seamcut_received WHERE consumer = ? AND partition_key = ? FOR UPDATE", [
      consumer,
      key,
    ]);
    const [first] = await sql.query<{ version: string | null }>(
      "SELECT CAST(MIN(version) AS CHAR) AS version FROM seamcut_early WHERE consumer = ? AND partition_key = ?",
      [consumer, key],
    );
    if (typeof first?.version === "string") await moveOn(sql, consumer, key, Number(first.version) - 1);
  });
}

function valuesOf(message: Message): readonly unknown[] {
  const { message_id, type, partition_key, seq, payload, headers } = message;
  return [message_id, type, partition_key, seq, JSON.stringify(payload ?? null), JSON.stringify(headers)];
}

function marks(values: readonly unknown[]): string {
  return values.map(() => "?").join(", ");
}
