import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { orderPlaced } from "./events/order-placed.event";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { decide, emitAlone } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mail: MailService,
  ) {}

  readonly place = async (orderId: string, email: string): Promise<void> => {
    const decision = await decide(orderPlaced, orderId);
    await emitAlone(orderPlaced({ orderId, email }), decision);
    if (decision.calls('mail')) {
      await this.mail.orderPlaced(orderId, email);
    }
    await this.dataSource.manager.find(Order);
  };
}
