import type { EntityManager } from "typeorm";

export interface LineRequest {
  readonly sku: string;
  readonly quantity: number;
}

/** What orders need of a warehouse. */
export abstract class StockPort {
  abstract reserve(orderId: string, lines: readonly LineRequest[], manager: EntityManager): Promise<void>;
  abstract release(orderId: string, manager: EntityManager): Promise<void>;
}
