import { Injectable } from "@nestjs/common";
import { orderPlaced } from "../../orders/events/order-placed.event";
import { type Consumer, on } from "../../seamcut";
import { StockService } from "../stock.service";
import { orderCancelled } from "../../orders/events/order-cancelled.event";
import { orderShipped } from "../../orders/events/order-shipped.event";
import { ShelvesService } from "../shelves.service";

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
    on(orderShipped, async (payload) => {
      await this.shelvesService.release(payload.orderId);
    }),
  ];

  constructor(private readonly stockService: StockService, private readonly shelvesService: ShelvesService) {}
}
