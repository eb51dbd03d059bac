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
    const decision = await decide(orderPlaced);
    const order = await this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Order, { id: orderId });
      await manager.update(Order, { id: orderId }, { total: 3 });
      await emit(manager, orderPlaced({ orderId: saved.id, email }), decision);
      return saved;
    });
    if (decision.calls("mail")) {
      await this.mail.orderPlaced(order.id, email);
    }
  }
}
