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

  async place(orderId: number, at: Date, until?: Date): Promise<void> {
    const decision = await decide(orderPlaced, String(orderId));
    await this.dataSource.transaction(async (manager) => {
      await manager.save(Order, { id: "1" });
      await emit(manager, orderPlaced({ orderId, at: at.toISOString(), until: until?.toISOString() }), decision);
    });
    if (decision.calls("mail")) {
      await this.mail.due(orderId, at, until);
    }
  }
}
