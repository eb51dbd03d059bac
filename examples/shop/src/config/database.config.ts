import { createServer } from "node:net";
import type { TypeOrmModuleOptions } from "@nestjs/typeorm";
import { migrations } from "../migrations";

let stopEmbedded: (() => Promise<void>) | null = null;

/** PostgreSQL at DATABASE_URL, else an embedded one behind the ordinary driver. */
export async function databaseOptions(): Promise<TypeOrmModuleOptions> {
  const url = process.env.DATABASE_URL ?? (await startEmbedded());
  return {
    type: "postgres",
    url,
    extra: { max: 5 },
    autoLoadEntities: true,
    migrations,
    migrationsRun: true,
    synchronize: false,
    retryAttempts: 1,
  };
}

async function startEmbedded(): Promise<string> {
  const [{ PGlite }, { PGLiteSocketServer }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("@electric-sql/pglite-socket"),
  ]);
  const db = await PGlite.create(process.env.SHOP_DATA_DIR ?? "memory://");
  const port = await freePort();
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port, maxConnections: 20 });
  await server.start();
  stopEmbedded = async () => {
    await server.stop();
    await db.close();
  };
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

export async function closeEmbeddedDatabase(): Promise<void> {
  await stopEmbedded?.();
  stopEmbedded = null;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
