import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "payment" })
export class Payment {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "order_id" }) orderId: string;
  @Column("int", { name: "amount_cents" }) amountCents: number;
  @Column("text") status: string;
  @Column("text") reference: string;
}
