import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "customer" })
export class Customer {
  @PrimaryColumn("uuid") id: string;
  @Column("text") email: string;
  @Column("text") name: string;
  @Column("boolean", { default: true }) active: boolean;
}
