import type { EntityManager } from "typeorm";
import { expect } from "vitest";
import type { Sql } from "#seamcut/database";
import { sqlOf } from "#seamcut/orm";
import { findHeads } from "#seamcut/store";
import { orderPlaced } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("the head of a key", (suite, test) => {
  const isMysql = () => suite.database.url.startsWith("mysql");

  /** Messages of `keys` keys, `each` of them one after the other; all wait for their next attempt. */
  const backingOff = async (keys: number, each: number) => {
    const total = keys * each;
    await suite.sql(
      isMysql()
        ? `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers, next_attempt_at)
           SELECT 'stock', UUID(), '${orderPlaced.type}', CONCAT('orders/waits ', seq MOD ${keys}), seq, '{}', '{}',
                  UTC_TIMESTAMP(6) + INTERVAL 1 HOUR FROM seq_1_to_${total}`
        : `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, next_attempt_at)
           SELECT 'stock', gen_random_uuid(), '${orderPlaced.type}', 'orders/waits ' || n % ${keys}, n, '{}',
                  now() + interval '1 hour' FROM generate_series(1, ${total}) n`,
    );
    await suite.sql(isMysql() ? "ANALYZE TABLE seamcut_inbox" : "ANALYZE seamcut_inbox");
  };
  const free = () =>
    suite.sql(
      `INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
       VALUES ('stock', ?, ?, 'orders/free', 200000, '{}', '{}')`,
      ["00000000-0000-4000-8000-00000000000f", orderPlaced.type],
    );

  /**
   * What a piece of work reads: blocks of PostgreSQL, rows of MariaDB. Counted, not timed: what a busy machine does to
   * one query says nothing about its plan.
   */
  const costOf = (work: (sql: Sql) => Promise<unknown>): Promise<number> =>
    suite.inTransaction((manager) => (isMysql() ? rowsRead(manager, work) : blocksRead(manager, work)));
  const rowsRead = async (manager: EntityManager, work: (sql: Sql) => Promise<unknown>) => {
    const total = async () => {
      const rows: { Value: string }[] = await manager.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
      return rows.reduce((sum, row) => sum + Number(row.Value), 0);
    };
    const before = await total();
    await work(sqlOf(manager));
    return (await total()) - before;
  };
  const blocksRead = async (manager: EntityManager, work: (sql: Sql) => Promise<unknown>) => {
    let blocks = 0;
    await work({
      query: async (text, parameters) => {
        const [row] = await manager.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, [...(parameters ?? [])]);
        const { Plan } = row["QUERY PLAN"][0];
        blocks += Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"];
        return sqlOf(manager).query(text, parameters);
      },
    });
    return blocks;
  };
  const poll = (sql: Sql) => findHeads(sql, "stock", [orderPlaced.type], "", 10);
  // Naive: for each waiting message, whether an earlier one of its key waits as well.
  const naivePoll = (sql: Sql) =>
    sql.query(
      `SELECT message_id FROM seamcut_inbox i WHERE consumer = 'stock' AND processed_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM seamcut_inbox e WHERE e.consumer = i.consumer
                           AND e.partition_key = i.partition_key AND e.processed_at IS NULL AND e.seq < i.seq LIMIT 1)
         AND next_attempt_at <= CURRENT_TIMESTAMP LIMIT 10`,
    );

  test("that is blocked costs one step, with 100,000 messages behind it", async () => {
    await backingOff(1, 100_000);
    await free();
    const found = await poll(suite.shop.runtime.database);
    expect(found.map((head) => head.partition_key)).toEqual(["orders/free"]);
    const cost = await costOf(poll);
    expect(cost).toBeLessThan(100);
    // MariaDB would compare 100,000 with 100,000 here.
    if (!isMysql()) expect(await costOf(naivePoll)).toBeGreaterThan(20 * cost);
  });

  test("that waits costs a few steps for each key, however many messages each has", async () => {
    await backingOff(1000, 20);
    expect(await poll(suite.shop.runtime.database)).toEqual([]);
    const few = await costOf(poll);
    await suite.sql("DELETE FROM seamcut_inbox");
    await backingOff(1000, 100);
    const many = await costOf(poll);
    expect(many).toBeLessThan(1000 * 10);
    expect(many).toBeLessThan(few * 2);
  });
});
