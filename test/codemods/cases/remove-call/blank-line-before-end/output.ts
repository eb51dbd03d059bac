import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { orderPlaced } from "./events/order-placed.event";
import { Order } from "./order.entity";
import { emit, EVENT } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Order, { id: orderId });
      await emit(manager, orderPlaced({ orderId, email }), EVENT);
    });
  }
}
