import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";
import { StockConsumer } from "./events/stock.consumer";

@Module({
	providers: [
		StockService,
		StockConsumer
	]
})
export class StockModule {}
