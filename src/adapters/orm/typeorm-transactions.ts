import type { TransactionShape } from "../../model/index.ts";

/** How TypeORM's transactions and writes look in code. */
export const typeormTransactions: TransactionShape = {
  package: "typeorm",
  handle: "EntityManager",
  repositories: ["Repository", "TreeRepository", "MongoRepository", "BaseRepository"],
  owners: ["DataSource", "Connection"],
  open: "transaction",
  bind: "withRepository",
  writes: [
    "save",
    "insert",
    "update",
    "upsert",
    "delete",
    "remove",
    "softDelete",
    "softRemove",
    "restore",
    "recover",
    "increment",
    "decrement",
    "clear",
  ],
};
