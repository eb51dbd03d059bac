import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { CatalogService, normalizeSku } from "../catalog";
import { CustomersService } from "../customers";
import * as shared from "../shared";
import { Discount } from "./discount.entity";
import { roundPrice } from "./rounding";

export interface PricedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly priceCents: number;
}

@Injectable()
export class PricingService {
  constructor(
    @InjectRepository(Discount) private readonly discounts: Repository<Discount>,
    private readonly catalog: CatalogService,
    private readonly customers: CustomersService,
  ) {}

  async price(customerId: string, lines: readonly { sku: string; quantity: number }[]): Promise<PricedLine[]> {
    const products = await this.catalog.bySkus(lines.map((line) => line.sku));
    const percent = (await this.discounts.findOneBy({ customerId }))?.percent ?? 0;
    return lines.map((line) => {
      const sku = normalizeSku(line.sku);
      const list = products.find((product) => product.sku === sku)?.priceCents ?? 0;
      return { sku, quantity: line.quantity, priceCents: roundPrice(list - shared.percentOf(list, percent)) };
    });
  }

  async grantDiscount(customerId: string, percent: number): Promise<void> {
    if (!(await this.customers.isActive(customerId))) {
      throw new shared.DomainError("inactive-customer", "no discount for inactive customers");
    }
    await this.discounts.save({ id: shared.newId(), customerId, percent });
  }
}
