/** Runs SQL with the driver's own parameters (`$1` or `?`); gives the rows. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** The application's own database, through the application's own driver. */
export interface Database extends Sql {
  /** Runs `work` in one transaction on a connection of its own; `tx` is the ORM's handle to the same transaction. */
  transaction<T>(work: (sql: Sql, tx: unknown) => Promise<T>): Promise<T>;
}

/**
 * The server has ended the caller's transaction by itself (MySQL does, for one of two that wait for each other): what
 * it wrote is gone, and what it would write now would be committed alone.
 */
export class TransactionLost extends Error {
  constructor(cause: unknown) {
    super(`the transaction is gone: ${String(cause)}`);
    this.name = "TransactionLost";
  }
}
