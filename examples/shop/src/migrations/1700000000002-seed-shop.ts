import type { MigrationInterface, QueryRunner } from "typeorm";

export class SeedShop1700000000002 implements MigrationInterface {
  name = "SeedShop1700000000002";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`INSERT INTO customer (id, email, name) VALUES
      ('00000000-0000-4000-8000-000000000001', 'ada@example.org', 'Ada'),
      ('00000000-0000-4000-8000-000000000002', 'grace@example.org', 'Grace')`);
    await queryRunner.query(`INSERT INTO product (id, sku, name, price_cents) VALUES
      ('00000000-0000-4000-8000-000000000011', 'LAMP', 'Desk lamp', 3900),
      ('00000000-0000-4000-8000-000000000012', 'CHAIR', 'Chair', 12900),
      ('00000000-0000-4000-8000-000000000013', 'MUG', 'Mug', 900)`);
    await queryRunner.query("INSERT INTO stock_item (sku, available) VALUES ('LAMP', 10), ('CHAIR', 4), ('MUG', 100)");
    await queryRunner.query(`INSERT INTO template (name, subject) VALUES
      ('order-placed', 'We have your order'), ('order-cancelled', 'Your order was cancelled'),
      ('payment-received', 'Thank you for your payment'), ('shipment-dispatched', 'On its way'), ('welcome', 'Welcome')`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ["template", "stock_item", "product", "customer"])
      await queryRunner.query(`DELETE FROM ${table}`);
  }
}
