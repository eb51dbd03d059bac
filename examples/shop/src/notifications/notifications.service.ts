import { Injectable } from "@nestjs/common";
import { DataSource, type EntityManager } from "typeorm";
import { formatCents, newId } from "../shared";
import { Notification } from "./notification.entity";
import { TemplateStore } from "./template-store";

@Injectable()
export class NotificationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly templates: TemplateStore,
  ) {}

  async orderPlaced(orderId: string, email: string, totalCents: number, manager?: EntityManager): Promise<void> {
    await this.write(orderId, email, "order-placed", formatCents(totalCents), manager);
  }

  async orderCancelled(orderId: string, email: string, reason: string, manager?: EntityManager): Promise<void> {
    await this.write(orderId, email, "order-cancelled", reason, manager);
  }

  async paymentReceived(orderId: string, email: string, amountCents: number, manager?: EntityManager): Promise<void> {
    await this.write(orderId, email, "payment-received", formatCents(amountCents), manager);
  }

  async shipmentDispatched(shipmentId: string, email: string, manager?: EntityManager): Promise<void> {
    await this.write(shipmentId, email, "shipment-dispatched", "", manager);
  }

  async customerWelcomed(customerId: string, email: string, manager?: EntityManager): Promise<void> {
    await this.write(customerId, email, "welcome", "", manager);
  }

  private async write(
    subjectId: string,
    recipient: string,
    kind: string,
    detail: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    const subject = await this.templates.subject(kind, manager);
    const body = detail === "" ? subject : `${subject}: ${detail}`;
    await manager.insert(Notification, { id: newId(), subjectId, recipient, kind, body, sent: false });
  }
}
