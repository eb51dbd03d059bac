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
    const order = await this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Order, { id: orderId });
      return saved;
    });
    await this.mail.receipt({
      orderId: order.id,
      email,
      lines: [
        // One for now.
        { sku: "lamp", cents: order.total },
      ],
    });
  }
}
