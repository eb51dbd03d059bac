import { forwardRef, Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { CatalogModule } from "../catalog";
import { CustomersModule } from "../customers";
import { InventoryModule, InventoryService } from "../inventory";
import { NotificationsModule } from "../notifications";
import { PaymentsModule } from "../payments";
import { PricingModule } from "../pricing";
import { ReportingModule } from "../reporting";
import { ShippingModule } from "../shipping/shipping.module";
import { Order } from "./order.entity";
import { OrderLine } from "./order-line.entity";
import { OrdersController } from "./orders.controller";
import { OrdersService } from "./orders.service";
import { StockPort } from "./stock-port";

@Module({
  imports: [
    TypeOrmModule.forFeature([Order, OrderLine]),
    CatalogModule,
    CustomersModule,
    InventoryModule,
    NotificationsModule,
    PaymentsModule,
    PricingModule,
    ReportingModule,
    forwardRef(() => ShippingModule),
  ],
  controllers: [OrdersController],
  providers: [OrdersService, { provide: StockPort, useExisting: InventoryService }],
  exports: [OrdersService],
})
export class OrdersModule {}
