import { Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { CatalogModule } from "../catalog";
import { CustomersModule } from "../customers";
import { Discount } from "./discount.entity";
import { PricingService } from "./pricing.service";

@Module({
  imports: [TypeOrmModule.forFeature([Discount]), CatalogModule, CustomersModule],
  providers: [PricingService],
  exports: [PricingService],
})
export class PricingModule {}
