import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { orderPlaced } from "./events/order-placed.event";
import { Order } from "./order.entity";
import { emitAlone, EVENT } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    if (email !== "") {
      await emitAlone(orderPlaced({ orderId, email }), EVENT);
    }
    await this.dataSource.manager.find(Order);
  }
}
