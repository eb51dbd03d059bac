import { forwardRef, Inject, Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { In, Repository } from "typeorm";
import { InventoryService } from "../inventory/inventory.service";
import { ReportingService } from "../reporting/reporting.service";
import { DomainError, NotFound } from "../shared";
import { Product } from "./product.entity";
import { normalizeSku } from "./sku";

@Injectable()
export class CatalogService {
  constructor(
    @InjectRepository(Product) private readonly products: Repository<Product>,
    private readonly inventory: InventoryService,
    @Inject(forwardRef(() => ReportingService)) private readonly reporting: ReportingService,
  ) {}

  async list(): Promise<Product[]> {
    return this.products.find({ where: { retired: false }, order: { sku: "ASC" } });
  }

  async bySkus(skus: string[]): Promise<Product[]> {
    return this.products.findBy({ sku: In(skus.map(normalizeSku)) });
  }

  /** Refuses skus that are not on sale. */
  async assertOnSale(skus: string[]): Promise<void> {
    const found = await this.bySkus(skus);
    const missing = skus.filter(
      (sku) => !found.some((product) => product.sku === normalizeSku(sku) && !product.retired),
    );
    if (missing.length > 0) throw new DomainError("not-on-sale", `${missing.join(", ")} not on sale`);
  }

  async retire(sku: string): Promise<void> {
    if ((await this.inventory.available(sku)) > 0) throw new DomainError("still-in-stock", `${sku} is still in stock`);
    const result = await this.products.update({ sku }, { retired: true });
    if (result.affected === 0) throw new NotFound("product", sku);
    await this.reporting.record("product-retired", sku);
  }
}
