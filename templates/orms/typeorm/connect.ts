import { DataSource } from "typeorm";
import type { Database } from "./database";
import { databaseOf } from "./orm";

/** A connection of its own, for commands: none of the application is started. */
export async function openDatabase(url: string): Promise<{ readonly database: Database; close(): Promise<void> }> {
  const type = /^(mysql|mariadb):/.test(url) ? "mysql" : "postgres";
  const dataSource = await new DataSource({ type, url, poolSize: 2 }).initialize();
  return { database: databaseOf(dataSource), close: () => dataSource.destroy() };
}
