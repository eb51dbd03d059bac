import { Injectable } from "@nestjs/common";
import { orderPlaced } from "./events/order-placed.event";
import { MailService } from "./mail.service";
import { decide, emitAlone } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly mail: MailService,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    const decision = await decide(orderPlaced, orderId);
    await emitAlone(orderPlaced({ orderId, email }), decision);
    if (decision.calls("mail")) {
      void this.mail.orderPlaced(orderId, email);
    }
  }
}
