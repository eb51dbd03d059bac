import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";
import { StockConsumer } from "./events/stock.consumer";

@Module({ imports: [ShippingModule], providers: [StockConsumer] })
export class StockModule {}
