import { Module } from "@nestjs/common";
import { CatalogModule } from "./modules";
import { PricingModule } from "./pricing/pricing.module";

@Module({ imports: [CatalogModule, PricingModule] })
export class StockModule {}
