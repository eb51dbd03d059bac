import { Module } from "@nestjs/common";
import { StockService } from "./stock.service";

@Module({
  imports: [],
  providers: [StockService],
})
export class StockModule {}
