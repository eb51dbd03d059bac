export * from "./inventory.module";
export * from "./inventory.service";
export * from "./reservation.entity";
export * from "./stock-item.entity";
export * from "./stock-watch";
