export * from "./customer.entity";
export * from "./customers.module";
export * from "./customers.service";
