export * from "./order.entity";
export * from "./order-line.entity";
export * from "./orders.module";
export * from "./orders.service";
export * from "./stock-port";
