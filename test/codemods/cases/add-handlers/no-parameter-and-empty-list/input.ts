import { Injectable } from "@nestjs/common";
import { type Consumer, on } from "../../seamcut";

@Injectable()
export class StockConsumer implements Consumer {
  readonly consumer = "stock";
  readonly effects = "database";
  readonly onExhausted = "block";

  readonly handlers = [];

  constructor() {}
}
