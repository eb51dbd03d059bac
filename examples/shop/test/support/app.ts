import { randomUUID } from "node:crypto";
import type { INestApplication } from "@nestjs/common";
import { Test } from "@nestjs/testing";
import { Client } from "pg";
import { AppModule } from "../../src/app.module";

export const ADA = "00000000-0000-4000-8000-000000000001";

export interface TestApp {
  readonly app: INestApplication;
  close(): Promise<void>;
}

/** The whole shop on a database of its own: embedded, or a new one on the server of DATABASE_URL. */
export async function createApp(): Promise<TestApp> {
  const server = process.env.DATABASE_URL;
  const name = `shop_test_${randomUUID().slice(0, 8)}`;
  if (server) {
    await admin(server, `CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    process.env.DATABASE_URL = url.toString();
  }
  const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
  const app = testing.createNestApplication({ logger: false });
  await app.init();
  return {
    app,
    async close() {
      await app.close();
      if (!server) return;
      process.env.DATABASE_URL = server;
      await admin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
