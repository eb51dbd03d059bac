import { Injectable } from "@nestjs/common";
import { orderPlaced } from "../../orders/events/order-placed.event";
import { type Consumer, on } from "../../seamcut";
import { StockService } from "../stock.service";

@Injectable()
export class StockConsumer implements Consumer {
  readonly consumer = "stock";
  readonly effects = "database";
  readonly onExhausted = "block";

  readonly handlers = handlersOf(this);

  constructor(private readonly stockService: StockService) {}
}
