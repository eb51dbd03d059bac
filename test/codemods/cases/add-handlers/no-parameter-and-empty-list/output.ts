import { Injectable } from "@nestjs/common";
import { type Consumer, on } from "../../seamcut";
import { orderCancelled } from "../../orders/events/order-cancelled.event";
import { StockService } from "../stock.service";

@Injectable()
export class StockConsumer implements Consumer {
  readonly consumer = "stock";
  readonly effects = "database";
  readonly onExhausted = "block";

  readonly handlers = [
    on(orderCancelled, async (payload, { tx }) => {
      await this.stockService.release(payload.orderId, tx);
    }),
  ];

  constructor(private readonly stockService: StockService) {}
}
