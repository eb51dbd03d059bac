import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tables of the outbox, its relay, and the inboxes. Insert and delete only in the outbox: fit for Debezium. */
export class SeamcutFoundation0000000000000 implements MigrationInterface {
  name = "SeamcutFoundation0000000000000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE seamcut_outbox (
        id uuid PRIMARY KEY,
        aggregatetype varchar(255) NOT NULL,
        aggregateid varchar(255) NOT NULL,
        type varchar(255) NOT NULL,
        payload jsonb NOT NULL,
        headers jsonb NOT NULL DEFAULT '{}',
        shard smallint NOT NULL,
        seq bigint GENERATED ALWAYS AS IDENTITY,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000)`);
    await queryRunner.query("CREATE INDEX seamcut_outbox_shard_seq ON seamcut_outbox (shard, seq)");
    await queryRunner.query(`
      CREATE TABLE seamcut_outbox_shard (
        shard smallint PRIMARY KEY,
        owner text,
        fence bigint NOT NULL DEFAULT 0,
        expires_at timestamptz NOT NULL DEFAULT '-infinity'
      )`);
    await queryRunner.query("INSERT INTO seamcut_outbox_shard (shard) SELECT generate_series(0, 15)");
    await queryRunner.query(`
      CREATE TABLE seamcut_subscription (
        consumer varchar(190) NOT NULL,
        type varchar(255) NOT NULL,
        origin varchar(20) NOT NULL CHECK (origin IN ('native', 'migrating')),
        state varchar(20) NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'backfilling')),
        mode varchar(20) NOT NULL CHECK (mode IN ('call', 'draining', 'event')),
        PRIMARY KEY (consumer, type)
      )`);
    await queryRunner.query(`
      CREATE TABLE seamcut_inbox (
        consumer varchar(190) NOT NULL,
        message_id uuid NOT NULL,
        type varchar(255) NOT NULL,
        partition_key varchar(512) COLLATE "C" NOT NULL,
        seq bigint NOT NULL,
        payload jsonb NOT NULL,
        headers jsonb NOT NULL DEFAULT '{}',
        attempts int NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_error text,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        processed_at timestamptz,
        PRIMARY KEY (consumer, message_id)
      )`);
    await queryRunner.query(
      "CREATE INDEX seamcut_inbox_head ON seamcut_inbox (consumer, partition_key, seq) WHERE processed_at IS NULL",
    );
    await queryRunner.query(
      "CREATE INDEX seamcut_inbox_done ON seamcut_inbox (processed_at) WHERE processed_at IS NOT NULL",
    );
    await queryRunner.query(`
      CREATE TABLE seamcut_dead_letter (
        stage varchar(10) NOT NULL,
        consumer varchar(190) NOT NULL DEFAULT '',
        message_id uuid NOT NULL,
        type varchar(255) NOT NULL,
        partition_key varchar(512) NOT NULL,
        seq bigint NOT NULL,
        payload jsonb NOT NULL,
        headers jsonb NOT NULL,
        attempts int NOT NULL,
        error text NOT NULL,
        failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        redriven_at timestamptz,
        PRIMARY KEY (stage, consumer, message_id)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ["dead_letter", "inbox", "subscription", "outbox_shard", "outbox"]) {
      await queryRunner.query(`DROP TABLE seamcut_${table}`);
    }
  }
}
