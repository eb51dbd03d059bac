import { Injectable } from "@nestjs/common";
import { DataSource, EntityManager, Repository } from "typeorm";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";

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
    const order = await this.orders.save({ id: orderId, status: [decision, orderPlacedDecision, manager, tx, saved, written].join() });
    await this.mail.orderPlaced(order.id, email);
  }

  private rule(orderId: string): string {
    return orderId;
  }
}
