import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { AppConfig } from "../config/app-config";
import { NotificationsService } from "../notifications";
import { ReportingService } from "../reporting";
import { DomainError, NotFound, newId } from "../shared";
import { Customer } from "./customer.entity";

@Injectable()
export class CustomersService {
  constructor(
    @InjectRepository(Customer) private readonly customers: Repository<Customer>,
    private readonly notifications: NotificationsService,
    private readonly reporting: ReportingService,
    private readonly config: AppConfig,
  ) {}

  async get(id: string): Promise<Customer> {
    const customer = await this.customers.findOneBy({ id });
    if (!customer) throw new NotFound("customer", id);
    return customer;
  }

  async isActive(id: string): Promise<boolean> {
    return this.customers.existsBy({ id, active: true });
  }

  /** Refuses customers who may not order. */
  async assertCanOrder(id: string, openOrders: number): Promise<void> {
    if (!(await this.isActive(id))) throw new DomainError("inactive-customer", `customer ${id} may not order`);
    if (openOrders >= this.config.maxOpenOrders) throw new DomainError("too-many-orders", "too many open orders");
  }

  async register(email: string, name: string): Promise<Customer> {
    const customer = await this.customers.save({ id: newId(), email: email.toLowerCase(), name, active: true });
    await this.notifications.customerWelcomed(customer.id, customer.email);
    void this.reporting.record("customer-registered", customer.id);
    return customer;
  }

  async deactivate(id: string): Promise<void> {
    await this.customers.update({ id }, { active: false });
    try {
      await this.reporting.record("customer-deactivated", id);
    } catch (error) {
      console.warn("report not written", error);
    }
  }
}
