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
    const decision = this.rule(orderId);
    const orderPlacedDecision = 1;
    const manager = "Ada";
    const tx = "Bob";
    const saved = 3;
    const written = 4;
    const orderPlacedDecision2 = await decide(orderPlaced);
    const order = await this.orders.manager.transaction(async (tx2) => {
      const written2 = await tx2.withRepository(this.orders).save({ id: orderId, status: [decision, orderPlacedDecision, manager, tx, saved, written].join() });
      await emit(tx2, orderPlaced({ orderId: written2.id, email }), orderPlacedDecision2);
      return written2;
    });
    if (orderPlacedDecision2.calls("mail")) {
      await this.mail.orderPlaced(order.id, email);
    }
  }

  private rule(orderId: string): string {
    return orderId;
  }
}
