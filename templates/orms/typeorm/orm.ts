import type { DataSource, EntityManager } from "typeorm";
import { type Database, type Sql, TransactionLost } from "./database";

/** The caller's own handle: the manager that `dataSource.transaction` or a query runner gives. */
export type Handle = EntityManager;

export function sqlOf(manager: EntityManager): Sql {
  return {
    async query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]> {
      return rowsOf<Row>(await manager.query(text, parameters ? [...parameters] : undefined));
    },
  };
}

/**
 * PostgreSQL's driver gives `[rows, count]` for UPDATE and DELETE, MySQL's an object with the count, and both give the
 * rows alone for everything else.
 */
function rowsOf<Row>(result: unknown): Row[] {
  if (Array.isArray(result)) {
    return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === "number" ? result[0] : result;
  }
  const affected = (result as { affectedRows?: unknown } | undefined)?.affectedRows;
  return typeof affected === "number" ? [{ affected } as Row] : [];
}

export function isInTransaction(manager: EntityManager): boolean {
  return manager.queryRunner?.isTransactionActive === true;
}

/** Runs `work` so that its failure leaves the caller's transaction usable; `TransactionLost` where there is none left. */
export async function inSavepoint(manager: EntityManager, work: (sql: Sql) => Promise<void>): Promise<void> {
  const sql = sqlOf(manager);
  if (!isInTransaction(manager)) return work(sql);
  await sql.query("SAVEPOINT seamcut_emit");
  try {
    await work(sql);
    await sql.query("RELEASE SAVEPOINT seamcut_emit");
  } catch (error) {
    await sql.query("ROLLBACK TO SAVEPOINT seamcut_emit").catch(() => {
      throw new TransactionLost(error);
    });
    throw error;
  }
}

/** The application's data source, as the runtime sees it. */
export function databaseOf(dataSource: DataSource): Database {
  return {
    query: (text, parameters) => sqlOf(dataSource.manager).query(text, parameters),
    transaction: (work) => dataSource.transaction("READ COMMITTED", (manager) => work(sqlOf(manager), manager)),
  };
}
