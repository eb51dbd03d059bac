import { Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { Notification } from "./notification.entity";
import { NotificationSender } from "./notification-sender";
import { NotificationsService } from "./notifications.service";
import { TemplateStore } from "./template-store";

@Module({
  imports: [TypeOrmModule.forFeature([Notification])],
  providers: [NotificationsService, NotificationSender, TemplateStore],
  exports: [NotificationsService, NotificationSender],
})
export class NotificationsModule {}
