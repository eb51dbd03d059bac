import { Injectable } from "@nestjs/common";
import { DataSource, EntityManager, Repository } from "typeorm";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { orderPlaced } from "./events/order-placed.event";
import { decide, emit } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly orders: Repository<Order>,
    private readonly mail: MailService,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    const decision = await decide(orderPlaced, orderId);
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Order, { id: orderId });
      await emit(manager, orderPlaced({ orderId, email }), decision);
    });
    if (decision.calls("stock")) {
      await this.reserve(orderId);
    }
    await this.mail.orderPlaced(orderId, email);
  }

  private async reserve(_orderId: string): Promise<void> {}
}
