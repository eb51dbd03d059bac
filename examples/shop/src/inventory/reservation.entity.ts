import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "reservation" })
export class Reservation {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "order_id" }) orderId: string;
  @Column("text") sku: string;
  @Column("int") quantity: number;
}
