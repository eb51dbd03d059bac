import { createJiti } from "jiti";

const jiti = createJiti(import.meta.url, { tsconfigPaths: false });
const { createMariadb, createPostgres } = await jiti.import("../../support/database.ts");

/** Copies the inbox of a consumer that has seen every event: what a consumer that comes later starts from. */
const copyOf = (consumer, from, type) => `
  INSERT INTO seamcut_inbox (consumer, message_id, type, partition_key, seq, payload, headers)
  SELECT '${consumer}', message_id, type, partition_key, seq, payload, headers FROM seamcut_inbox
  WHERE consumer = '${from}' AND type = '${type}'`;

const subscriptionOf = (consumer, type) => `
  INSERT INTO seamcut_subscription (consumer, type, origin, mode) VALUES ('${consumer}', '${type}', 'native', 'event')`;

/**
 * What the rig needs to know of a database; one entry is one `--db`. The rig holds a single connection, so that it can
 * tell its own from those that it cuts.
 */
export const DATABASES = {
  postgres: {
    stack: { database: "postgresql", orm: "typeorm", framework: "nestjs" },
    create: (migrations, poolSize = 1) => createPostgres(migrations, poolSize),
    tables: [
      "CREATE TABLE ledger (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id text, key text, how text)",
      "CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id text, key text, how text)",
    ],
    sessions:
      "SELECT pid AS id FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY 1",
    cut: (id) => `SELECT pg_terminate_backend(${id})`,
    subscribeWithBackfill: (consumer, from, type) => [
      "LOCK TABLE seamcut_subscription IN EXCLUSIVE MODE",
      subscriptionOf(consumer, type),
      copyOf(consumer, from, type),
    ],
  },
  mariadb: {
    stack: { database: "mysql", orm: "typeorm", framework: "nestjs" },
    create: (migrations, poolSize = 1) => createMariadb(migrations, poolSize),
    tables: [
      "CREATE TABLE ledger (n BIGINT AUTO_INCREMENT PRIMARY KEY, consumer TEXT, event_id TEXT, `key` TEXT, how TEXT)",
      "CREATE TABLE effect (n BIGINT AUTO_INCREMENT PRIMARY KEY, consumer TEXT, event_id TEXT, `key` TEXT, how TEXT)",
    ],
    sessions:
      "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() ORDER BY id",
    cut: (id) => `KILL ${id}`,
    subscribeWithBackfill: (consumer, from, type) => [
      // LOCK TABLES would commit; every drain holds some of these rows.
      "SELECT shard FROM seamcut_outbox_shard FOR UPDATE",
      subscriptionOf(consumer, type),
      copyOf(consumer, from, type),
    ],
  },
};
