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

  async place(id: string): Promise<void> {
    const order = await this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Order, { id });
      const { total } = saved;
      return total;
    });
    await this.mail.totals([{ order }, { order: order + 1 }]);
  }
}
