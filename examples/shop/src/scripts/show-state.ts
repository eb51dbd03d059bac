import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import { DataSource } from "typeorm";
import { AppModule } from "../app.module";

/** Prints orders and notifications as JSON. */
async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  const { manager } = app.get(DataSource);
  const orders = await manager.query("SELECT id, status FROM orders ORDER BY placed_at");
  const notifications = await manager.query("SELECT subject_id, kind FROM notification ORDER BY kind");
  console.log(JSON.stringify({ orders, notifications }));
  await app.close();
}

void main();
