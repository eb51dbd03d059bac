import { Injectable } from "@nestjs/common";
import { DataSource, EntityManager, Repository } from "typeorm";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { orderPlaced } from "./events/order-placed.event";
import { decide, emit } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly orders: Repository<Order>,
    private readonly mail: MailService,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    const decision = await decide(orderPlaced, orderId);
    const order = await this.dataSource.transaction(async (manager) => {
      await emit(manager, orderPlaced({ orderId, email }), decision);
      return manager.save(Order, { id: orderId });
    });
    try {
      if (decision.calls("mail")) {
        await this.mail.orderPlaced(orderId, email);
      }
    } catch (error) {
      this.failed(order, error);
    }
  }

  private failed(_order: Order, _error: unknown): void {}
}
