import { Module } from "@nestjs/common";
import { CatalogModule, ShippingModule } from "./modules";
import { PricingModule } from "./pricing/pricing.module";

@Module({ imports: [CatalogModule, ShippingModule, PricingModule] })
export class StockModule {}
