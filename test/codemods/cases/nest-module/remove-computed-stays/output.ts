import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";

const imports = [ShippingModule];

@Module({ imports, providers: [StockService] })
export class StockModule {}
