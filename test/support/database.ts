import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import mysql from "mysql2/promise";
import pg from "pg";
import { DataSource, type MigrationInterface } from "typeorm";

const SERVER = "postgres://postgres@127.0.0.1:5432/postgres";

/** Classes that TypeORM runs as migrations. */
export type Migrations = readonly (new () => MigrationInterface)[];

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly poolSize: number;
  /** False where one session serves all connections, one transaction after the other. */
  readonly parallel: boolean;
  /** Creates the tables of the example's business, where they are missing. */
  readonly shopTables: readonly string[];
  /** Writes an order, new or not; its parameters are its id and its step. */
  readonly writeOrder: string;
  /** Writes `?` as this driver's parameters. */
  placeholders(text: string): string;
  /** Counts sessions of this database that wait for somebody's lock. */
  readonly lockWaits: string;
  /** Counts sessions of this database that have a transaction open, other than the asking one. */
  readonly openTransactions: string;
  /** A time in the past. */
  readonly past: string;
  /** One more data source on the same database. */
  connect(): Promise<DataSource>;
  close(): Promise<void>;
}

const POSTGRES = {
  lockWaits: `SELECT count(*) AS n FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  openTransactions: `SELECT count(*) AS n FROM pg_stat_activity
                     WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`,
  placeholders: numbered,
  past: "'-infinity'",
  writeOrder: "INSERT INTO orders (id, step) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET step = EXCLUDED.step",
  shopTables: [
    "CREATE TABLE IF NOT EXISTS effect (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, order_id text, step int)",
    "CREATE TABLE IF NOT EXISTS orders (id text PRIMARY KEY, step int)",
  ],
};

/** Whether PostgreSQL answers; with SEAMCUT_REQUIRE_SERVICES=1 its absence is a failure, not a reason to skip. */
export async function postgresIsThere(): Promise<boolean> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if (process.env.SEAMCUT_REQUIRE_SERVICES === "1") throw error;
    process.stderr.write("skipped: no PostgreSQL on 127.0.0.1:5432\n");
    return false;
  }
}

/** A database of its own on the PostgreSQL server. */
export async function createPostgres(migrations: Migrations, poolSize = 20): Promise<TestDatabase> {
  const name = uniqueName();
  await admin(`CREATE DATABASE ${name}`);
  const url = SERVER.replace(/postgres$/, name);
  const dataSource = await connect(url, poolSize, migrations);
  return {
    ...POSTGRES,
    url,
    dataSource,
    poolSize,
    parallel: true,
    connect: () => connect(url, poolSize, []),
    async close() {
      await dataSource.destroy();
      await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

const MARIADB = { host: "127.0.0.1", port: 3306, user: "root" };

/** Whether MariaDB answers; see `postgresIsThere`. */
export async function mariadbIsThere(): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ ...MARIADB, connectTimeout: 2000 });
    await connection.end();
    return true;
  } catch (error) {
    if (process.env.SEAMCUT_REQUIRE_SERVICES === "1") throw error;
    process.stderr.write("skipped: no MariaDB on 127.0.0.1:3306\n");
    return false;
  }
}

/** A database of its own on the MariaDB server. */
export async function createMariadb(migrations: Migrations, poolSize = 20): Promise<TestDatabase> {
  const name = uniqueName();
  const url = `mysql://root@127.0.0.1:3306/${name}`;
  const admin = await mysql.createConnection(MARIADB);
  await admin.query(`CREATE DATABASE ${name}`);
  const open = async (run: Migrations) => {
    const options = { type: "mysql" as const, url, poolSize, migrations: [...run] };
    const dataSource = await new DataSource(options).initialize();
    await dataSource.runMigrations();
    return dataSource;
  };
  const dataSource = await open(migrations);
  return {
    url,
    dataSource,
    poolSize,
    parallel: true,
    placeholders: (text) => text,
    lockWaits: `SELECT count(*) AS n FROM information_schema.processlist
                WHERE db = DATABASE() AND (state LIKE 'Waiting for%lock%' OR id IN (
                  SELECT trx_mysql_thread_id FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'))`,
    openTransactions: `SELECT count(*) AS n FROM information_schema.innodb_trx
                       JOIN information_schema.processlist ON id = trx_mysql_thread_id
                       WHERE db = DATABASE() AND id <> CONNECTION_ID()`,
    past: "'2000-01-01 00:00:00'",
    writeOrder: "INSERT INTO orders (id, step) VALUES (?, ?) ON DUPLICATE KEY UPDATE step = VALUES(step)",
    shopTables: [
      "CREATE TABLE IF NOT EXISTS effect (n BIGINT AUTO_INCREMENT PRIMARY KEY, consumer TEXT, order_id TEXT, step INT)",
      "CREATE TABLE IF NOT EXISTS orders (id VARCHAR(400) COLLATE utf8mb4_bin PRIMARY KEY, step INT)",
    ],
    connect: () => open([]),
    async close() {
      await dataSource.destroy();
      await admin.query(`DROP DATABASE ${name}`);
      await admin.end();
    },
  };
}

function uniqueName(): string {
  return `seamcut_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
}

/** An embedded database behind the ordinary driver. */
export async function createPglite(migrations: Migrations): Promise<TestDatabase> {
  const db = await PGlite.create("memory://");
  const port = await freePort();
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port, maxConnections: 20 });
  await server.start();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const dataSource = await connect(url, 4, migrations);
  return {
    ...POSTGRES,
    url,
    dataSource,
    poolSize: 4,
    parallel: false,
    connect: () => connect(url, 2, []),
    async close() {
      await dataSource.destroy();
      await server.stop();
      await db.close();
    },
  };
}

function numbered(text: string): string {
  let n = 0;
  return text.replaceAll("?", () => `$${++n}`);
}

async function connect(url: string, poolSize: number, migrations: Migrations): Promise<DataSource> {
  const dataSource = new DataSource({
    type: "postgres",
    url,
    extra: { max: poolSize },
    migrations: [...migrations],
  });
  await dataSource.initialize();
  await dataSource.runMigrations();
  return dataSource;
}

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
