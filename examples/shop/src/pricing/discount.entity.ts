import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "discount" })
export class Discount {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "customer_id" }) customerId: string;
  @Column("int") percent: number;
}
