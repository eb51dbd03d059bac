const TEXT = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

/** Tables for events that go through a broker, beside those of the foundation; for a migration of your own. */
export const BROKER_TABLES: readonly string[] = [
  // How many messages of a key a consumer was sent. Counted by the relay under its lease. Never purged.
  `CREATE TABLE seamcut_sent (
     consumer VARCHAR(190) ${TEXT} NOT NULL,
     partition_key VARCHAR(511) ${TEXT} NOT NULL,
     version BIGINT UNSIGNED NOT NULL,
     PRIMARY KEY (partition_key, consumer)
   ) ENGINE=InnoDB`,
  // How many messages of a key a consumer has received without a gap. Never purged.
  `CREATE TABLE seamcut_received (
     consumer VARCHAR(190) ${TEXT} NOT NULL,
     partition_key VARCHAR(511) ${TEXT} NOT NULL,
     version BIGINT UNSIGNED NOT NULL,
     PRIMARY KEY (consumer, partition_key)
   ) ENGINE=InnoDB`,
  // Messages that came before an earlier one of their key: they wait for it here, out of the handlers' way.
  `CREATE TABLE seamcut_early (
     consumer VARCHAR(190) ${TEXT} NOT NULL,
     partition_key VARCHAR(511) ${TEXT} NOT NULL,
     version BIGINT UNSIGNED NOT NULL,
     message_id CHAR(36) CHARACTER SET ascii NOT NULL,
     type VARCHAR(255) ${TEXT} NOT NULL,
     seq BIGINT UNSIGNED NOT NULL,
     payload JSON NOT NULL,
     headers JSON NOT NULL,
     skipped BOOLEAN NOT NULL,
     received_at DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
     PRIMARY KEY (consumer, partition_key, version, message_id)
   ) ENGINE=InnoDB`,
];
