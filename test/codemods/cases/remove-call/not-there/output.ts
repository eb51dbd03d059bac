import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { MailService } from "./mail.service";
import { Order } from "./order.entity";
import { EVENT } from "./seamcut";

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mail: MailService,
  ) {}

  async place(orderId: string, email: string): Promise<void> {
    await this.mail.orderPlaced(orderId, email);
  }
}
