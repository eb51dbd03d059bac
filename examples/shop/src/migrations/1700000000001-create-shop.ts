import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = {
  customer: "id uuid PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, active boolean NOT NULL DEFAULT true",
  product:
    "id uuid PRIMARY KEY, sku text NOT NULL UNIQUE, name text NOT NULL, price_cents int NOT NULL, retired boolean NOT NULL DEFAULT false",
  discount: "id uuid PRIMARY KEY, customer_id uuid NOT NULL, percent int NOT NULL",
  stock_item: "sku text PRIMARY KEY, available int NOT NULL CHECK (available >= 0)",
  reservation: "id uuid PRIMARY KEY, order_id uuid NOT NULL, sku text NOT NULL, quantity int NOT NULL",
  orders:
    "id uuid PRIMARY KEY, customer_id uuid NOT NULL, status text NOT NULL, total_cents int NOT NULL, placed_at timestamptz NOT NULL DEFAULT now()",
  order_line:
    "id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES orders (id), sku text NOT NULL, quantity int NOT NULL, price_cents int NOT NULL",
  payment:
    "id uuid PRIMARY KEY, order_id uuid NOT NULL, amount_cents int NOT NULL, status text NOT NULL, reference text NOT NULL",
  shipment: "id uuid PRIMARY KEY, order_id uuid NOT NULL, status text NOT NULL",
  template: "name text PRIMARY KEY, subject text NOT NULL",
  notification:
    "id uuid PRIMARY KEY, subject_id uuid NOT NULL, recipient text NOT NULL, kind text NOT NULL, body text NOT NULL, sent boolean NOT NULL DEFAULT false",
  report_entry:
    "id uuid PRIMARY KEY, kind text NOT NULL, subject_id text NOT NULL, amount_cents int NOT NULL DEFAULT 0, recorded_at timestamptz NOT NULL DEFAULT now()",
};

export class CreateShop1700000000001 implements MigrationInterface {
  name = "CreateShop1700000000001";

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(TABLES))
      await queryRunner.query(`CREATE TABLE ${table} (${columns})`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of Object.keys(TABLES).reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}
