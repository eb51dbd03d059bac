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
    await this.dataSource.transaction(async (tx) => {
      if (email === "") {
        return;
      }
      await tx.save(Order, { id: orderId });
    });

    await this.mail.orderPlaced(orderId, email);
  }
}
