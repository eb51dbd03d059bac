import { forwardRef, Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { NotificationsModule } from "../notifications";
import { OrdersModule } from "../orders/orders.module";
import { ReportingModule } from "../reporting";
import { Shipment } from "./shipment.entity";
import { ShippingService } from "./shipping.service";

@Module({
  imports: [TypeOrmModule.forFeature([Shipment]), forwardRef(() => OrdersModule), NotificationsModule, ReportingModule],
  providers: [ShippingService],
  exports: [ShippingService],
})
export class ShippingModule {}
