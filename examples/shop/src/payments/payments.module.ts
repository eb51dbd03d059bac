import { Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { NotificationsModule } from "../notifications";
import { ReportingModule } from "../reporting";
import { FakeGateway } from "./fake-gateway";
import { Payment } from "./payment.entity";
import { PAYMENT_GATEWAY } from "./payment-gateway";
import { PaymentsService } from "./payments.service";

@Module({
  imports: [TypeOrmModule.forFeature([Payment]), NotificationsModule, ReportingModule],
  providers: [PaymentsService, { provide: PAYMENT_GATEWAY, useClass: FakeGateway }],
  exports: [PaymentsService, PAYMENT_GATEWAY],
})
export class PaymentsModule {}
