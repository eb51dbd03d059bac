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

  async place(orderId: string, others: readonly Order[]): Promise<void> {
    const decision = await decide(orderPlaced);
    const order = await this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Order, { id: orderId });
      await emit(manager, orderPlaced({
        orderId: saved.id,
        email: `order ${saved.id} of ${others.map((order) => order.id).join()}, order: ${saved["id"]}`,
      }), decision);
      return saved;
    });
    if (decision.calls("mail")) {
      await this.mail.orderPlaced(order.id, `order ${order.id} of ${others.map((order) => order.id).join()}, order: ${order["id"]}`);
    }
  }
}
