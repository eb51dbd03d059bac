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

  async place(orderId: string, email: string): Promise<Order> {
    const decision = await decide(orderPlaced);
    const order = await this.orders.manager.transaction(async (manager) => {
      const saved = await manager.withRepository(this.orders).save({
        id: orderId,
        status: "placed",
      });
      await emit(manager, orderPlaced({ orderId: saved.id, email }), decision);
      return saved;
    });
    if (decision.calls("mail")) {
      await this.mail.orderPlaced(order.id, email);
    }
    return order;
  }
}
