import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";
import { StockConsumer } from "./events/stock.consumer";

const shared = [StockService];

@Module({ providers: [...shared, StockConsumer] })
export class StockModule {}
