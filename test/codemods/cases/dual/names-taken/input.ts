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
    const manager = "Ada";
    const saved = 3;
    const order = await this.orders.save({ id: orderId, status: `${decision} ${manager} ${saved}` });
    await this.mail.orderPlaced(order.id, email);
  }

  private rule(orderId: string): string {
    return orderId;
  }
}
