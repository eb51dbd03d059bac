import { forwardRef, Module } from "@nestjs/common";
import { ShippingModule } from "./shipping/shipping.module";

@Module({ imports: [forwardRef(() => ShippingModule)] })
export class StockModule {}
