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

  async place(orderId: number, at: Date, until?: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Order, { id: "1" });
    });
    await this.mail.due(orderId, at, until);
  }
}
