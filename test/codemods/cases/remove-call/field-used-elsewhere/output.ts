import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { orderPlaced } from "./events/order-placed.event";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { emit, EVENT } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mail: MailService,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Order, { id: orderId });
      await emit(manager, orderPlaced({ orderId, email }), EVENT);
    });
  }

  remind(orderId: string): Promise<void> {
    return this.mail.remind(orderId);
  }
}
