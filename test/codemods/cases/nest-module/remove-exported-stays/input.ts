import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";

@Module({ imports: [ShippingModule], exports: [ShippingModule], providers: [StockService] })
export class StockModule {}
