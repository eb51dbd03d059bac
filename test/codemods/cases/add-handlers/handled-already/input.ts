import { Injectable } from "@nestjs/common";
import { orderCancelled } from "../../orders/events/order-cancelled.event";
import { type Consumer, on } from "../../seamcut";
import { StockService } from "../stock.service";

@Injectable()
export class StockConsumer implements Consumer {
  readonly consumer = "stock";
  readonly effects = "database";
  readonly onExhausted = "block";

  readonly handlers = [
    on(orderCancelled, async (payload, { tx }) => {
      await this.stockService.reserve(payload.orderId, tx);
    }),
  ];

  constructor(private readonly stockService: StockService) {}
}
