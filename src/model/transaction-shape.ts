/** How an ORM's transactions and writes look in code, by the names of its types and members. */
export interface TransactionShape {
  readonly package: string;
  /** Type of the handle that a transaction gives: `EntityManager`. */
  readonly handle: string;
  /** Types that hold one table: their writes join a transaction through a copy bound to its handle. */
  readonly repositories: readonly string[];
  /** Types with the member that opens a transaction. */
  readonly owners: readonly string[];
  /** Member that runs a callback in a transaction: `transaction`. */
  readonly open: string;
  /** Member of the handle that gives a repository bound to it: `withRepository`. */
  readonly bind: string;
  readonly writes: readonly string[];
}
