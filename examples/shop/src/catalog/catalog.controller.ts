import { Controller, Get } from "@nestjs/common";
import { InventoryService } from "../inventory/inventory.service";
import { CatalogService } from "./catalog.service";

@Controller("catalog")
export class CatalogController {
  constructor(
    private readonly catalog: CatalogService,
    private readonly inventory: InventoryService,
  ) {}

  @Get()
  async list() {
    const products = await this.catalog.list();
    return Promise.all(
      products.map(async (product) => ({ ...product, available: await this.inventory.available(product.sku) })),
    );
  }
}
