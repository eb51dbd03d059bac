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
    "SELECT shard, fence::text AS fence FROM seamcut_outbox_shard WHERE owner = $1 AND expires_at > clock_timestamp()",
    [owner],
  );
  const fences = new Map(held.map((row) => [Number(row.shard), row.fence]));
  const rows = await database.query<WaitingRow>(
    `SELECT next.* FROM unnest($1::smallint[]) AS held (shard)
     CROSS JOIN LATERAL (
       SELECT id AS message_id, type, aggregatetype || '/' || aggregateid AS partition_key, seq::text AS seq,
              payload, headers, shard
       FROM seamcut_outbox o WHERE o.shard = held.shard ORDER BY o.seq LIMIT $2) next
     ORDER BY next.seq::bigint LIMIT $2`,
    [[...fences.keys()], limit],
  );
  return { rows: rows.map((row) => ({ ...row, shard: Number(row.shard) })), fences };
}

/** How many messages of these keys each consumer was sent. */
export async function readVersions(
  sql: Sql,
  keys: readonly string[],
): Promise<{ consumer: string; partition_key: string; version: number }[]> {
  const rows = await sql.query<{ consumer: string; partition_key: string; version: string }>(
    "SELECT consumer, partition_key, version::text AS version FROM seamcut_sent WHERE partition_key = ANY($1::text[])",
    [keys],
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
      `SELECT shard, fence::text AS fence FROM seamcut_outbox_shard
       WHERE owner = $1 AND expires_at > clock_timestamp() FOR SHARE`,
      [owner],
    );
    const ours = new Set(
      held.filter((row) => waiting.fences.get(Number(row.shard)) === row.fence).map((row) => Number(row.shard)),
    );
    const rows = waiting.rows.filter((row) => ours.has(row.shard));
    if (rows.length === 0) return 0;
    await sql.query(
      `DELETE FROM seamcut_outbox o USING unnest($1::smallint[], $2::bigint[]) AS gone (shard, seq)
       WHERE o.shard = gone.shard AND o.seq = gone.seq`,
      [rows.map((row) => row.shard), rows.map((row) => row.seq)],
    );
    const ids = new Set(rows.map((row) => row.message_id));
    const done = messages.filter((message) => ids.has(message.message_id));
    await countSent(sql, done);
    await setAside(
      sql,
      done.filter((message) => refused.has(message.message_id)),
      refused,
    );
    return rows.length;
  });
}

async function setAside(
  sql: Sql,
  messages: readonly Message[],
  refused: ReadonlyMap<string, { readonly reason: string }>,
): Promise<void> {
  if (messages.length === 0) return;
  await sql.query(
    `INSERT INTO seamcut_dead_letter (stage, message_id, type, partition_key, seq, payload, headers, attempts, error)
     SELECT 'relay', m.id, m.type, m.key, m.seq, m.payload::jsonb, m.headers::jsonb, 1, m.error
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])
       AS m (id, type, key, seq, payload, headers, error)
     ON CONFLICT (stage, consumer, message_id) DO UPDATE
       SET error = EXCLUDED.error, failed_at = clock_timestamp(), redriven_at = NULL`,
    [...columnsOf(messages), messages.map(({ message_id }) => refused.get(message_id)?.reason.slice(0, 2000))],
  );
}

async function countSent(sql: Sql, messages: readonly Message[]): Promise<void> {
  // Messages come in their order: the last number of a key stays.
  const last = new Map<string, readonly [string, string, number]>();
  for (const { partition_key, versions } of messages) {
    for (const [consumer, version] of Object.entries(versions)) {
      if (version !== null) last.set(`${consumer} ${partition_key}`, [consumer, partition_key, version]);
    }
  }
  const counted = [...last.values()];
  await sql.query(
    `INSERT INTO seamcut_sent (consumer, partition_key, version)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
     ON CONFLICT (partition_key, consumer) DO UPDATE SET version = EXCLUDED.version`,
    [counted.map(([consumer]) => consumer), counted.map(([, key]) => key), counted.map(([, , version]) => version)],
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
  await sql.query(
    `INSERT INTO seamcut_received (consumer, partition_key, version)
     SELECT $1::text, key, 0 FROM unnest($2::text[]) AS key ON CONFLICT DO NOTHING`,
    [consumer, keys],
  );
  const rows = await sql.query<{ partition_key: string; version: string }>(
    `SELECT partition_key, version::text AS version FROM seamcut_received
     WHERE consumer = $1 AND partition_key = ANY($2::text[]) ORDER BY partition_key FOR UPDATE`,
    [consumer, keys],
  );
  return new Map(rows.map((row) => [row.partition_key, Number(row.version)]));
}

async function place(sql: Sql, consumer: string, messages: readonly Message[]): Promise<void> {
  await sql.query(
    `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
     SELECT $1::text, m.id, m.type, m.key, m.seq, m.payload::jsonb, m.headers::jsonb
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
       AS m (id, type, key, seq, payload, headers)
     WHERE NOT EXISTS (SELECT 1 FROM seamcut_dead_letter d
                       WHERE d.stage = 'inbox' AND d.consumer = $1::text AND d.message_id = m.id)
     ON CONFLICT DO NOTHING`,
    [consumer, ...columnsOf(messages)],
  );
}

async function putAside(sql: Sql, consumer: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await sql.query(
    `INSERT INTO seamcut_early (consumer, message_id, type, partition_key, seq, payload, headers, version, skipped)
     SELECT $1::text, m.id, m.type, m.key, m.seq, m.payload::jsonb, m.headers::jsonb, m.version, m.skipped
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::boolean[])
       AS m (id, type, key, seq, payload, headers, version, skipped)
     ON CONFLICT DO NOTHING`,
    [
      consumer,
      ...columnsOf(messages),
      messages.map(({ versions }) => versions[consumer]),
      messages.map(({ skipped }) => skipped),
    ],
  );
}

async function keysThatWait(sql: Sql, consumer: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<{ partition_key: string }>(
    "SELECT DISTINCT partition_key FROM seamcut_early WHERE consumer = $1 AND partition_key = ANY($2::text[])",
    [consumer, keys],
  );
  return rows.map((row) => row.partition_key);
}

/** Moves what waited for `version` into the inbox; gives the number that the key has reached then. */
async function letGo(sql: Sql, consumer: string, key: string, version: number): Promise<number> {
  for (let last = version; ; last++) {
    // Lower numbers: another message of that number came meanwhile, most likely the same one again.
    const freed = await sql.query<{ version: string }>(
      `WITH freed AS (
         DELETE FROM seamcut_early WHERE consumer = $1 AND partition_key = $2 AND version <= $3 RETURNING *),
       placed AS (
         INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
         SELECT consumer, message_id, type, partition_key, seq, payload, headers FROM freed f
         WHERE NOT skipped AND NOT EXISTS (SELECT 1 FROM seamcut_dead_letter d
           WHERE d.stage = 'inbox' AND d.consumer = f.consumer AND d.message_id = f.message_id)
         ON CONFLICT DO NOTHING)
       SELECT version::text AS version FROM freed`,
      [consumer, key, last + 1],
    );
    if (!freed.some((row) => Number(row.version) === last + 1)) return last;
  }
}

async function moveOn(sql: Sql, consumer: string, reached: readonly (readonly [string, number])[]): Promise<void> {
  if (reached.length === 0) return;
  await sql.query(
    `UPDATE seamcut_received r SET version = m.version FROM unnest($2::text[], $3::bigint[]) AS m (key, version)
     WHERE r.consumer = $1 AND r.partition_key = m.key`,
    [consumer, reached.map(([key]) => key), reached.map(([, version]) => version)],
  );
}

/** Keys whose messages have waited for an earlier one for longer than `olderMs`, and the number of that one. */
export async function findMissing(
  sql: Sql,
  consumer: string,
  olderMs: number,
): Promise<{ partition_key: string; version: number }[]> {
  const rows = await sql.query<{ partition_key: string; version: string }>(
    `SELECT e.partition_key, (r.version + 1)::text AS version
     FROM (SELECT DISTINCT consumer, partition_key FROM seamcut_early
           WHERE consumer = $1 AND received_at < clock_timestamp() - $2 * interval '1 millisecond') e
     JOIN seamcut_received r ON r.consumer = e.consumer AND r.partition_key = e.partition_key
     ORDER BY e.partition_key LIMIT 100`,
    [consumer, olderMs],
  );
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
}

/** Gives up on messages that the broker has lost: what waited for them goes on. */
export async function skipMissing(database: Database, consumer: string, key: string): Promise<void> {
  await database.transaction(async (sql) => {
    await lockReceived(sql, consumer, [key]);
    const [first] = await sql.query<{ version: string | null }>(
      "SELECT min(version)::text AS version FROM seamcut_early WHERE consumer = $1 AND partition_key = $2",
      [consumer, key],
    );
    if (typeof first?.version !== "string") return;
    await moveOn(sql, consumer, [[key, await letGo(sql, consumer, key, Number(first.version) - 1)]]);
  });
}

function columnsOf(messages: readonly Message[]): readonly (readonly unknown[])[] {
  return [
    messages.map(({ message_id }) => message_id),
    messages.map(({ type }) => type),
    messages.map(({ partition_key }) => partition_key),
    messages.map(({ seq }) => seq),
    messages.map(({ payload }) => JSON.stringify(payload ?? null)),
    messages.map(({ headers }) => JSON.stringify(headers)),
  ];
}
