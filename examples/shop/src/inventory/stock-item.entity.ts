import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "stock_item" })
export class StockItem {
  @PrimaryColumn("text") sku: string;
  @Column("int") available: number;
}
