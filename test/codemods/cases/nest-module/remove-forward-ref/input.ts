import { forwardRef, Module } from "@nestjs/common";
import { CatalogModule } from "./catalog/catalog.module";
import { ShippingModule } from "./shipping/shipping.module";

@Module({
  imports: [
    CatalogModule,
    forwardRef(() => ShippingModule),
  ],
})
export class StockModule {}
