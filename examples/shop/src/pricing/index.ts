export * from "./discount.entity";
export * from "./pricing.module";
export * from "./pricing.service";
export * from "./rounding";
