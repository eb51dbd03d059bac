import type { DataSource, InsertEvent, TransactionCommitEvent } from "typeorm";
import { Order } from "../orders";

/** Stops the process for ever once an order is committed: whoever started it can kill it at exactly that point. */
export function pauseAfterCommit(dataSource: DataSource): void {
  let orderId: string | null = null;
  dataSource.subscribers.push({
    listenTo: () => Order,
    afterInsert(event: InsertEvent<Order>) {
      orderId = event.entity.id;
    },
    async afterTransactionCommit(_event: TransactionCommitEvent) {
      if (orderId === null) return;
      console.log(`committed ${orderId}`);
      await new Promise(() => setInterval(() => undefined, 60_000));
    },
  });
}
