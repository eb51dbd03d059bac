import { Column, CreateDateColumn, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "orders" })
export class Order {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "customer_id" }) customerId: string;
  @Column("text") status: string;
  @Column("int", { name: "total_cents" }) totalCents: number;
  @CreateDateColumn({ name: "placed_at", type: "timestamptz" }) placedAt: Date;
}
