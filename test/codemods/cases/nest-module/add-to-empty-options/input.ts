import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";

@Module({})
export class StockModule {}
