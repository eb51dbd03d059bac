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
    const order = await this.orders.save({ id: orderId });
    await this.mail.orderPlaced(order.id, email);
  }
}
