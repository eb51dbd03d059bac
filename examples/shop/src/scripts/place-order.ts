import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import { DataSource } from "typeorm";
import { AppModule } from "../app.module";
import { OrdersService } from "../orders";
import { pauseAfterCommit } from "./pause-after-commit";

/** Places one order for a seeded customer and prints its id. */
async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  if (process.env.SHOP_PAUSE_AFTER_COMMIT === "1") pauseAfterCommit(app.get(DataSource));
  try {
    const order = await app.get(OrdersService).place({
      customerId: "00000000-0000-4000-8000-000000000001",
      lines: [{ sku: "LAMP", quantity: 1 }],
    });
    console.log(JSON.stringify({ orderId: order.id }));
  } catch (error) {
    console.log(JSON.stringify({ failed: error instanceof Error ? error.message : String(error) }));
    process.exitCode = 1;
  }
  await app.close();
}

void main();
