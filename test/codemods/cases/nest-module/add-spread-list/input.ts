import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";

const shared = [StockService];

@Module({ providers: [...shared] })
export class StockModule {}
