import { DataSource } from "typeorm";

/** How a process of the rig reaches its database, by the scheme of the URL; one entry for each. */
const CONNECT = {
  postgres: {
    options: (url) => ({ type: "postgres", url, extra: { max: 4 } }),
    insert: (table) => `INSERT INTO ${table} (consumer, event_id, key, how) VALUES ($1, $2, $3, $4)`,
  },
  mysql: {
    options: (url) => ({ type: "mysql", url, poolSize: 4 }),
    insert: (table) => `INSERT INTO ${table} (consumer, event_id, \`key\`, how) VALUES (?, ?, ?, ?)`,
  },
};

export async function connect(url) {
  const { options, insert } = CONNECT[new URL(url).protocol.slice(0, -1)];
  const dataSource = await new DataSource(options(url)).initialize();
  return {
    dataSource,
    /** A row of `ledger` or `effect`, on the handle of a transaction or by itself. */
    write: (handle, table, values) => handle.query(insert(table), values),
  };
}
