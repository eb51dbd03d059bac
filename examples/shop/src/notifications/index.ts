export * from "./notification.entity";
export * from "./notification-sender";
export * from "./notifications.module";
export * from "./notifications.service";
