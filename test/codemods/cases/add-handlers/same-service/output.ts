import { Injectable } from "@nestjs/common";
import { orderPlaced } from "../../orders/events/order-placed.event";
import { type Consumer, on } from "../../seamcut";
import { StockService } from "../stock.service";
import { orderCancelled } from "../../orders/events/order-cancelled.event";

@Injectable()
export class StockConsumer implements Consumer {
  readonly consumer = "stock";
  readonly effects = "database";
  readonly onExhausted = "block";

  readonly handlers = [
    on(orderPlaced, async (payload, { tx }) => {
      await this.stockService.reserve(payload.orderId, tx);
    }),
    on(orderCancelled, async (payload, { tx }) => {
      await this.stockService.release(payload.orderId, tx);
    }),
  ];

  constructor(private readonly stockService: StockService) {}
}
