import { Injectable } from "@nestjs/common";
import { orderPlaced } from "./events/order-placed.event";
import { emitAlone, EVENT } from "./seamcut";

@Injectable()
export class OrdersService {
  async place(orderId: string, email: string): Promise<void> {
    await emitAlone(orderPlaced({ orderId, email }), EVENT);
  }
}
