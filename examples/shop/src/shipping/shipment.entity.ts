import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "shipment" })
export class Shipment {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "order_id" }) orderId: string;
  @Column("text") status: string;
}
