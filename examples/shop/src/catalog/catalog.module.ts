import { forwardRef, Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { InventoryModule } from "../inventory/inventory.module";
import { ReportingModule } from "../reporting/reporting.module";
import { CatalogController } from "./catalog.controller";
import { CatalogService } from "./catalog.service";
import { Product } from "./product.entity";

@Module({
  imports: [TypeOrmModule.forFeature([Product]), InventoryModule, forwardRef(() => ReportingModule)],
  controllers: [CatalogController],
  providers: [CatalogService],
  exports: [CatalogService],
})
export class CatalogModule {}
