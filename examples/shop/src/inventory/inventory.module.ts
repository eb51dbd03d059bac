import { forwardRef, Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { ReportingModule } from "../reporting/reporting.module";
import { InventoryService } from "./inventory.service";
import { Reservation } from "./reservation.entity";
import { StockItem } from "./stock-item.entity";
import { StockWatch } from "./stock-watch";

@Module({
  imports: [TypeOrmModule.forFeature([StockItem, Reservation]), forwardRef(() => ReportingModule)],
  providers: [InventoryService, StockWatch],
  exports: [InventoryService, StockWatch],
})
export class InventoryModule {}
