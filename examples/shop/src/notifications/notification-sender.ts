import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { Notification } from "./notification.entity";

@Injectable()
export class NotificationSender {
  constructor(@InjectRepository(Notification) private readonly notifications: Repository<Notification>) {}

  /** Sends what waits; the mail server is not part of this example. */
  async sendWaiting(): Promise<number> {
    const waiting = await this.notifications.findBy({ sent: false });
    for (const message of waiting) await this.notifications.update({ id: message.id }, { sent: true });
    return waiting.length;
  }
}
