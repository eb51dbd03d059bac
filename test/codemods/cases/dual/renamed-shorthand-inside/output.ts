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

  async place(id: string): Promise<void> {
    const decision = await decide(orderPlaced);
    const order = await this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Order, { id });
      const { total } = saved;
      await emit(manager, orderPlaced({ totals: [{ order: total }, { order: total + 1 }] }), decision);
      return total;
    });
    if (decision.calls("mail")) {
      await this.mail.totals([{ order }, { order: order + 1 }]);
    }
  }
}
