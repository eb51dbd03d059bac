import { Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";
import { StockService } from "./stock.service";

@Module({
  imports: [ShippingModule],
  providers: [
    StockService,
    // Counts once a day.
    { provide: "NIGHTLY", useValue: true }, // kept
  ],
  exports: [StockService],
})
export class StockModule {}
