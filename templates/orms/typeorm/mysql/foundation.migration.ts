import type { MigrationInterface, QueryRunner } from "typeorm";

const TEXT = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
const NOW = "DEFAULT (UTC_TIMESTAMP(6))";

/** Tables of the outbox, its relay, and the inboxes. Insert and delete only in the outbox: fit for Debezium. */
export class SeamcutFoundation0000000000000 implements MigrationInterface {
  name = "SeamcutFoundation0000000000000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE seamcut_outbox (
        seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        id CHAR(36) CHARACTER SET ascii NOT NULL UNIQUE,
        aggregatetype VARCHAR(255) ${TEXT} NOT NULL,
        aggregateid VARCHAR(255) ${TEXT} NOT NULL,
        type VARCHAR(255) ${TEXT} NOT NULL,
        payload JSON NOT NULL,
        headers JSON NOT NULL,
        shard SMALLINT NOT NULL,
        created_at DATETIME(6) NOT NULL ${NOW},
        KEY seamcut_outbox_shard_seq (shard, seq)
      ) ENGINE=InnoDB`);
    // One row for each key that ever had an event: locked by an emit until its transaction ends. Never purged.
    await queryRunner.query(`
      CREATE TABLE seamcut_outbox_key (
        partition_key VARCHAR(511) ${TEXT} NOT NULL PRIMARY KEY,
        version BIGINT UNSIGNED NOT NULL
      ) ENGINE=InnoDB`);
    await queryRunner.query(`
      CREATE TABLE seamcut_outbox_shard (
        shard SMALLINT NOT NULL PRIMARY KEY,
        owner VARCHAR(190) ${TEXT} NULL,
        fence BIGINT NOT NULL DEFAULT 0,
        expires_at DATETIME(6) NOT NULL DEFAULT '1970-01-02 00:00:00'
      ) ENGINE=InnoDB`);
    const shards = Array.from({ length: 16 }, (_, shard) => `(${shard})`).join(", ");
    await queryRunner.query(`INSERT INTO seamcut_outbox_shard (shard) VALUES ${shards}`);
    await queryRunner.query(`
      CREATE TABLE seamcut_subscription (
        consumer VARCHAR(190) ${TEXT} NOT NULL,
        type VARCHAR(255) ${TEXT} NOT NULL,
        origin VARCHAR(20) NOT NULL CHECK (origin IN ('native', 'migrating')),
        state VARCHAR(20) NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'backfilling')),
        mode VARCHAR(20) NOT NULL CHECK (mode IN ('call', 'draining', 'event')),
        PRIMARY KEY (consumer, type)
      ) ENGINE=InnoDB`);
    await queryRunner.query(`
      CREATE TABLE seamcut_inbox (
        consumer VARCHAR(190) ${TEXT} NOT NULL,
        message_id CHAR(36) CHARACTER SET ascii NOT NULL,
        type VARCHAR(255) ${TEXT} NOT NULL,
        partition_key VARCHAR(511) ${TEXT} NOT NULL,
        seq BIGINT UNSIGNED NOT NULL,
        payload JSON NOT NULL,
        headers JSON NOT NULL,
        attempts INT NOT NULL DEFAULT 0,
        next_attempt_at DATETIME(6) NOT NULL ${NOW},
        last_error TEXT ${TEXT} NULL,
        received_at DATETIME(6) NOT NULL ${NOW},
        processed_at DATETIME(6) NULL,
        waits TINYINT AS (processed_at IS NULL) STORED,
        PRIMARY KEY (consumer, message_id),
        KEY seamcut_inbox_head (consumer, waits, partition_key, seq),
        KEY seamcut_inbox_done (processed_at)
      ) ENGINE=InnoDB`);
    await queryRunner.query(`
      CREATE TABLE seamcut_dead_letter (
        stage VARCHAR(10) NOT NULL,
        consumer VARCHAR(190) ${TEXT} NOT NULL DEFAULT '',
        message_id CHAR(36) CHARACTER SET ascii NOT NULL,
        type VARCHAR(255) ${TEXT} NOT NULL,
        partition_key VARCHAR(511) ${TEXT} NOT NULL,
        seq BIGINT UNSIGNED NOT NULL,
        payload JSON NOT NULL,
        headers JSON NOT NULL,
        attempts INT NOT NULL,
        error TEXT ${TEXT} NOT NULL,
        failed_at DATETIME(6) NOT NULL ${NOW},
        redriven_at DATETIME(6) NULL,
        PRIMARY KEY (stage, consumer, message_id)
      ) ENGINE=InnoDB`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ["dead_letter", "inbox", "subscription", "outbox_shard", "outbox_key", "outbox"]) {
      await queryRunner.query(`DROP TABLE seamcut_${table}`);
    }
  }
}
