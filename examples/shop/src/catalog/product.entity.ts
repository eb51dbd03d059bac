import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "product" })
export class Product {
  @PrimaryColumn("uuid") id: string;
  @Column("text") sku: string;
  @Column("text") name: string;
  @Column("int", { name: "price_cents" }) priceCents: number;
  @Column("boolean", { default: false }) retired: boolean;
}
