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

  async place(orderId: number, at: Date | undefined, other: Date): Promise<void> {
    const decision = await decide(orderPlaced, String(orderId));
    await emitAlone(orderPlaced({
      orderId,
      at: (at ?? other).toISOString(),
      until: (orderId > 3 ? at : other)?.toISOString(),
    }), decision);
    if (decision.calls("mail")) {
      await this.mail.due(orderId, at ?? other, orderId > 3 ? at : other);
    }
  }
}
