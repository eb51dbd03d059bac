import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { orderPlaced } from "./events/order-placed.event";
import { Order } from "./order.entity";
import { emit, EVENT } from "./seamcut";
import { Clock } from "./clock";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    this.clock.tick();
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Order, { id: orderId });
      await emit(manager, orderPlaced({ orderId, email }), EVENT);
    });
  }
}
