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
    const total = await this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Order, { id: orderId });
      const sum = saved.total;
      await emit(manager, orderPlaced({ orderId, total: sum }), decision);
      return sum;
    });
    if (decision.calls("mail")) {
      await this.mail.charged({ orderId, total });
    }
  }
}
