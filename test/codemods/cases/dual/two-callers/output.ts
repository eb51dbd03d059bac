import { Injectable } from "@nestjs/common";
import { DataSource, EntityManager, Repository } from "typeorm";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { orderPlaced } from "./events/order-placed.event";
import { orderCancelled } from "./events/order-cancelled.event";
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
    await this.orders.manager.transaction(async (manager) => {
      await manager.withRepository(this.orders).insert({ id: orderId });
      await emit(manager, orderPlaced({ orderId, email }), decision);
    });
    if (decision.calls("mail")) {
      await this.mail.orderPlaced(orderId, email);
    }
  }

  async cancel(orderId: string, email: string): Promise<void> {
    const decision = await decide(orderCancelled, orderId);
    await this.orders.manager.transaction(async (manager) => {
      await manager.withRepository(this.orders).delete({ id: orderId });
      await emit(manager, orderCancelled({ orderId, email }), decision);
    });
    if (decision.calls("mail")) {
      await this.mail.orderCancelled(orderId, email);
    }
  }
}
