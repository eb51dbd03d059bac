export * from "./payment.entity";
export * from "./payment-gateway";
export * from "./payments.module";
export * from "./payments.service";
