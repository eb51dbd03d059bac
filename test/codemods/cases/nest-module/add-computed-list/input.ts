import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";

const providers = [StockService];

@Module({ providers })
export class StockModule {}
