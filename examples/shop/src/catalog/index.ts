export * from "./catalog.module";
export * from "./catalog.service";
export * from "./product.entity";
export * from "./sku";
