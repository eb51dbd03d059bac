import { forwardRef, Inject, Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { CatalogService } from "../catalog";
import { CustomersService } from "../customers";
import { NotificationsService } from "../notifications";
import { PaymentsService } from "../payments";
import { PricingService } from "../pricing";
import { ReportingService } from "../reporting";
import { DomainError, NotFound, newId, sumCents } from "../shared";
import { ShippingService } from "../shipping/shipping.service";
import { Order } from "./order.entity";
import { OrderLine } from "./order-line.entity";
import { type LineRequest, StockPort } from "./stock-port";

export interface PlaceOrder {
  readonly customerId: string;
  readonly lines: readonly LineRequest[];
}

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly catalog: CatalogService,
    private readonly customers: CustomersService,
    private readonly notifications: NotificationsService,
    private readonly payments: PaymentsService,
    private readonly pricing: PricingService,
    private readonly reporting: ReportingService,
    @Inject(forwardRef(() => ShippingService)) private readonly shipping: ShippingService,
    private readonly stock: StockPort,
  ) {}

  async place(request: PlaceOrder): Promise<Order> {
    await this.customers.assertCanOrder(request.customerId, await this.openOrders(request.customerId));
    await this.catalog.assertOnSale(request.lines.map((line) => line.sku));
    const customer = await this.customers.get(request.customerId);
    const lines = await this.pricing.price(customer.id, request.lines);
    const orderId = newId();
    const totalCents = sumCents(lines.map((line) => line.priceCents * line.quantity));
    await this.payments.authorize(orderId, totalCents);

    const order = await this.dataSource.transaction(async (manager) => {
      await this.stock.reserve(orderId, lines, manager);
      const saved = await manager.save(Order, { id: orderId, customerId: customer.id, status: "placed", totalCents });
      await manager.insert(
        OrderLine,
        lines.map((line) => ({ id: newId(), orderId, ...line })),
      );
      return saved;
    });

    await this.notifications.orderPlaced(orderId, customer.email, totalCents);
    void this.reporting.record("order-placed", orderId, totalCents);
    return this.dataSource.manager.create(Order, order);
  }

  async cancel(orderId: string, reason: string): Promise<void> {
    const order = await this.get(orderId);
    if (order.status !== "placed") throw new DomainError("too-late", `order ${orderId} is ${order.status}`);
    const customer = await this.customers.get(order.customerId);

    await this.dataSource.transaction(async (manager) => {
      await this.stock.release(orderId, manager);
      await manager.update(Order, { id: orderId }, { status: "cancelled" });
    });

    await this.payments.refund(orderId);
    await this.notifications.orderCancelled(orderId, customer.email, reason);
  }

  async ship(orderId: string): Promise<string> {
    const order = await this.get(orderId);
    const customer = await this.customers.get(order.customerId);
    await this.payments.capture(orderId, customer.email);
    await this.dataSource.manager.update(Order, { id: orderId }, { status: "shipped" });
    return this.shipping.dispatch(orderId, customer.email);
  }

  async get(orderId: string): Promise<Order> {
    const order = await this.dataSource.manager.findOneBy(Order, { id: orderId });
    if (!order) throw new NotFound("order", orderId);
    return order;
  }

  async openOrders(customerId: string): Promise<number> {
    return this.dataSource.manager.countBy(Order, { customerId, status: "placed" });
  }
}
