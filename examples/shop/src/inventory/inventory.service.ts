import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { EntityManager, Repository } from "typeorm";
import type { LineRequest, StockPort } from "../orders/stock-port";
import { DomainError, newId } from "../shared";
import { Reservation } from "./reservation.entity";
import { StockItem } from "./stock-item.entity";

@Injectable()
export class InventoryService implements StockPort {
  constructor(@InjectRepository(StockItem) private readonly stock: Repository<StockItem>) {}

  async available(sku: string): Promise<number> {
    return (await this.stock.findOneBy({ sku }))?.available ?? 0;
  }

  /** Takes the lines out of stock in the caller's transaction, or refuses. */
  async reserve(orderId: string, lines: readonly LineRequest[], manager: EntityManager): Promise<void> {
    for (const line of lines) {
      const item = await manager.findOne(StockItem, { where: { sku: line.sku }, lock: { mode: "pessimistic_write" } });
      if (!item || item.available < line.quantity) throw new DomainError("out-of-stock", `${line.sku} is out of stock`);
      await manager.update(StockItem, { sku: line.sku }, { available: item.available - line.quantity });
      await manager.insert(Reservation, { id: newId(), orderId, sku: line.sku, quantity: line.quantity });
    }
  }

  async release(orderId: string, manager: EntityManager): Promise<void> {
    const reservations = await manager.findBy(Reservation, { orderId });
    for (const { sku, quantity } of reservations) await manager.increment(StockItem, { sku }, "available", quantity);
    await manager.delete(Reservation, { orderId });
  }

  async lowStock(threshold: number): Promise<StockItem[]> {
    const items = await this.stock.find({ order: { sku: "ASC" } });
    return items.filter((item) => item.available < threshold);
  }

  async restock(sku: string, quantity: number): Promise<void> {
    await this.stock.increment({ sku }, "available", quantity);
  }
}
