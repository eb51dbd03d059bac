import { Module, type OnApplicationShutdown } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { CatalogModule } from "./catalog";
import { ConfigModule } from "./config/config.module";
import { closeEmbeddedDatabase, databaseOptions } from "./config/database.config";
import { CustomersModule } from "./customers";
import { InventoryModule } from "./inventory";
import { NotificationsModule } from "./notifications";
import { OrdersModule } from "./orders";
import { PaymentsModule } from "./payments";
import { PricingModule } from "./pricing";
import { ReportingModule } from "./reporting";
import { ShippingModule } from "./shipping/shipping.module";

@Module({
  imports: [
    ConfigModule,
    TypeOrmModule.forRootAsync({ useFactory: databaseOptions }),
    CatalogModule,
    CustomersModule,
    InventoryModule,
    NotificationsModule,
    OrdersModule,
    PaymentsModule,
    PricingModule,
    ReportingModule,
    ShippingModule,
  ],
})
export class AppModule implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await closeEmbeddedDatabase();
  }
}
