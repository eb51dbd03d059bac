import { Injectable } from "@nestjs/common";

@Injectable()
export class AppConfig {
  readonly lowStockThreshold = 3;
  readonly maxOpenOrders = 5;
  readonly freeShippingFromCents = 5000;
}
