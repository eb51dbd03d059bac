import { Injectable } from "@nestjs/common";
import { AppConfig } from "../config/app-config";
import { ReportingService } from "../reporting/reporting.service";
import { InventoryService } from "./inventory.service";

@Injectable()
export class StockWatch {
  constructor(
    private readonly inventory: InventoryService,
    private readonly reporting: ReportingService,
    private readonly config: AppConfig,
  ) {}

  /** Notes every item that runs low, for the weekly report. */
  async noteLowStock(): Promise<number> {
    const items = await this.inventory.lowStock(this.config.lowStockThreshold);
    for (const item of items) {
      await this.reporting.record("low-stock", item.sku, item.available);
    }
    return items.length;
  }
}
