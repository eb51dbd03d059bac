import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "order_line" })
export class OrderLine {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "order_id" }) orderId: string;
  @Column("text") sku: string;
  @Column("int") quantity: number;
  @Column("int", { name: "price_cents" }) priceCents: number;
}
