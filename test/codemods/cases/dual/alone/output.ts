import { Injectable } from "@nestjs/common";
import { DataSource, EntityManager, Repository } from "typeorm";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { orderPlaced } from "./events/order-placed.event";
import { decide, emitAlone } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly orders: Repository<Order>,
    private readonly mail: MailService,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    if (orderId === "") return;
    const decision = await decide(orderPlaced, orderId);
    await emitAlone(orderPlaced({ orderId, email }), decision);
    if (decision.calls("mail")) {
      await this.mail.orderPlaced(orderId, email);
    }
  }
}
