import { forwardRef, Inject, Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { AppConfig } from "../config/app-config";
import { NotificationsService } from "../notifications";
import { OrdersService } from "../orders/orders.service";
import { ReportingService } from "../reporting";
import { DomainError, formatCents, newId } from "../shared";
import { Shipment } from "./shipment.entity";

@Injectable()
export class ShippingService {
  constructor(
    @InjectRepository(Shipment) private readonly shipments: Repository<Shipment>,
    @Inject(forwardRef(() => OrdersService)) private readonly orders: OrdersService,
    private readonly notifications: NotificationsService,
    private readonly reporting: ReportingService,
    private readonly config: AppConfig,
  ) {}

  async dispatch(orderId: string, email: string): Promise<string> {
    const order = await this.orders.get(orderId);
    if (order.status === "cancelled") throw new DomainError("cancelled", `order ${orderId} was cancelled`);
    const shipment = await this.shipments.save({ id: newId(), orderId, status: "dispatched" });
    await this.notifications.shipmentDispatched(shipment.id, email);
    await this.reporting.record("shipment-dispatched", shipment.id);
    return shipment.id;
  }

  async costs(orderId: string): Promise<string> {
    const order = await this.orders.get(orderId);
    return order.totalCents >= this.config.freeShippingFromCents ? formatCents(0) : formatCents(490);
  }
}
