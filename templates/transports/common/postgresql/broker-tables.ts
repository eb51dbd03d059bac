/** Tables for events that go through a broker, beside those of the foundation; for a migration of your own. */
export const BROKER_TABLES: readonly string[] = [
  // How many messages of a key a consumer was sent. Counted by the relay under its lease. Never purged.
  `CREATE TABLE seamcut_sent (
     consumer varchar(190) NOT NULL,
     partition_key varchar(512) COLLATE "C" NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (partition_key, consumer)
   )`,
  // How many messages of a key a consumer has received without a gap. Never purged.
  `CREATE TABLE seamcut_received (
     consumer varchar(190) NOT NULL,
     partition_key varchar(512) COLLATE "C" NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (consumer, partition_key)
   )`,
  // Messages that came before an earlier one of their key: they wait for it here, out of the handlers' way.
  `CREATE TABLE seamcut_early (
     consumer varchar(190) NOT NULL,
     partition_key varchar(512) COLLATE "C" NOT NULL,
     version bigint NOT NULL,
     message_id uuid NOT NULL,
     type varchar(255) NOT NULL,
     seq bigint NOT NULL,
     payload jsonb NOT NULL,
     headers jsonb NOT NULL,
     skipped boolean NOT NULL,
     received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (consumer, partition_key, version, message_id)
   )`,
];
