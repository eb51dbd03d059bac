import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A PostgreSQL inside this process, for programs outside it: they may be killed, it stays. */
export interface DemoDatabase {
  readonly url: string;
  /** First column of the first row, as a number. */
  count(sql: string): Promise<number>;
  close(): Promise<void>;
}

interface Pglite {
  query(sql: string): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  close(): Promise<void>;
}

interface PgliteModule {
  readonly PGlite: { create(place: string): Promise<Pglite> };
}

interface SocketModule {
  readonly PGLiteSocketServer: new (options: {
    readonly db: Pglite;
    readonly host: string;
    readonly port: number;
    readonly maxConnections: number;
  }) => { start(): Promise<void>; stop(): Promise<void> };
}

/** Starts the embedded database that the shop brings along. */
export async function startDatabase(shop: string): Promise<DemoDatabase> {
  const require = createRequire(path.join(shop, "package.json"));
  const load = (name: string) => import(pathToFileURL(require.resolve(name)).href);
  const { PGlite } = unwrap<PgliteModule>(await load("@electric-sql/pglite"));
  const { PGLiteSocketServer } = unwrap<SocketModule>(await load("@electric-sql/pglite-socket"));
  const db = await PGlite.create("memory://");
  const port = await freePort();
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port, maxConnections: 40 });
  await server.start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async count(sql) {
      const { rows } = await db.query(sql);
      return Number(Object.values(rows[0] ?? {})[0] ?? 0);
    },
    async close() {
      await server.stop();
      await db.close();
    },
  };
}

/** A CommonJS build comes with its exports under `default` as well. */
function unwrap<T>(module: { readonly default?: unknown }): T {
  return { ...(module.default as object | undefined), ...module } as T;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
