import { Inject, Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { NotificationsService } from "../notifications";
import { ReportingService } from "../reporting";
import { DomainError, NotFound, newId } from "../shared";
import { Payment } from "./payment.entity";
import { PAYMENT_GATEWAY, type PaymentGateway } from "./payment-gateway";

@Injectable()
export class PaymentsService {
  constructor(
    @InjectRepository(Payment) private readonly payments: Repository<Payment>,
    @Inject(PAYMENT_GATEWAY) private readonly gateway: PaymentGateway,
    private readonly notifications: NotificationsService,
    private readonly reporting: ReportingService,
  ) {}

  /** Authorizes a payment, or refuses. */
  async authorize(orderId: string, amountCents: number): Promise<Payment> {
    const answer = await this.gateway.authorize(orderId, amountCents);
    if (!answer.ok) throw new DomainError("payment-refused", `payment of order ${orderId} was refused`);
    return this.payments.save({ id: newId(), orderId, amountCents, status: "authorized", reference: answer.reference });
  }

  async capture(orderId: string, email: string): Promise<void> {
    const payment = await this.payments.findOneBy({ orderId });
    if (!payment) throw new NotFound("payment of order", orderId);
    await this.payments.update({ orderId }, { status: "captured" });
    await this.notifications.paymentReceived(orderId, email, payment.amountCents);
    await this.reporting.record("payment-captured", orderId, payment.amountCents);
  }

  async refund(orderId: string): Promise<void> {
    const payment = await this.payments.findOneBy({ orderId });
    if (!payment) return;
    await this.gateway.refund(payment.reference);
    await this.payments.update({ orderId }, { status: "refunded" });
  }

  async statusOf(orderId: string): Promise<string> {
    return (await this.payments.findOneBy({ orderId }))?.status ?? "none";
  }
}
