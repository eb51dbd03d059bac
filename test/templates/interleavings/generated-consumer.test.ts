import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { CutDesign } from "../../../src/model/index.ts";
import { consumerSource } from "../../../src/scaffold/consumer-source.ts";
import { buildEmitted, compile } from "../../support/emitted.ts";
import { EmittedProcess } from "../../support/emitted-process.ts";
import { subscribe } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

/** The repository's own service, as it was before the cut; it dies after its write when it is told to. */
const SERVICE = `
import { Inject, Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";

@Injectable()
export class StockService {
  constructor(@Inject(DataSource) private readonly dataSource) {}

  async reserve(orderId, manager) {
    const handle = manager ?? this.dataSource.manager;
    await handle.query(\`INSERT INTO effect (consumer, order_id, step) VALUES ('stock', '\${orderId}', 1)\`);
    if (process.env.DIES) process.kill(process.pid, "SIGKILL");
  }
}
`;

const EVENT = `
import { defineEvent } from "../seamcut/index.js";

export const orderPlaced = defineEvent({
  type: "orders.order-placed", version: 1, key: (payload) => payload.orderId, schema: { type: "object" },
});
`;

const MAIN = `
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { DataSource } from "typeorm";
import { StockConsumer } from "./stock/stock.consumer.js";
import { StockService } from "./stock/stock.service.js";
import { SeamcutModule, startSeamcut } from "./seamcut/nest.js";

const url = process.argv[2];
const dataSource = await new DataSource({ type: url.startsWith("mysql") ? "mysql" : "postgres", url }).initialize();

@Module({ providers: [{ provide: DataSource, useValue: dataSource }], exports: [DataSource] })
class DatabaseModule {}

@Module({ imports: [{ module: DatabaseModule, global: true }, SeamcutModule], providers: [StockService, StockConsumer] })
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: ["error"] });
await startSeamcut(app, { claimMs: 1500, idleMs: 50, backoffMs: 20 });
process.stdout.write("ready\\n");
`;

onEachServer("a generated consumer around an existing service", (suite, test) => {
  const root = mkdtempSync(path.join(tmpdir(), "seamcut-generated-"));

  /** An application with the consumer that a cut generates; `handlerArguments` is how it calls the service. */
  const application = (name: string, handlerArguments: readonly string[]) => {
    const folder = path.join(root, name);
    const database = suite.database.url.startsWith("mysql") ? "mysql" : "postgresql";
    buildEmitted(folder, { database, orm: "typeorm", framework: "nestjs" });
    const design = {
      to: "stock",
      consumer: { id: "stock", className: "StockConsumer", effects: "database" },
      calls: [
        {
          planned: { calleeClass: "StockService", calleeFile: "stock/stock.service.ts", calleeMethod: "reserve" },
          event: { variable: "orderPlaced", file: "events/order-placed.event.ts" },
          handlerArguments,
        },
      ],
    } as unknown as CutDesign;
    const consumer = consumerSource(design, {
      runtime: "../seamcut/index.js",
      specifierOf: (file) => `../${file.replace(/\.ts$/, ".js")}`,
    });
    const files = {
      "stock/stock.service": SERVICE,
      "stock/stock.consumer": consumer,
      "events/order-placed.event": EVENT,
      "seamcut/consumers": `import { StockConsumer } from "../stock/stock.consumer.js";\nexport const consumers = [StockConsumer];\n`,
      main: MAIN,
    };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, `${file}.js`), compile(text));
    }
    return path.join(folder, "main.js");
  };
  const applications = { enlisted: "", alone: "" };
  beforeAll(() => {
    if (!suite.database) return;
    applications.enlisted = application("enlisted", ["payload.orderId", "tx"]);
    applications.alone = application("alone", ["payload.orderId"]);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** The service is killed after its write and before its message is marked; then the application starts again. */
  const killedAndStartedAgain = async (main: string) => {
    await subscribe(suite.database, "stock", "native", "event");
    const run = (environment: Record<string, string>) =>
      EmittedProcess.of([main, suite.database.url], { SEAMCUT_RELAY: "on", ...environment });
    const first = run({ DIES: "1" });
    await first.hears("ready");
    await suite.place("o1");
    const [, signal] = await once(first.child, "exit");
    expect(signal).toBe("SIGKILL");
    const atDeath = await suite.count("effect");
    const second = run({});
    await vi.waitFor(async () => expect(await suite.count("seamcut_inbox WHERE processed_at IS NOT NULL")).toBe(1), {
      timeout: 30_000,
      interval: 100,
    });
    second.kill("SIGKILL");
    return [atDeath, await suite.count("effect")];
  };

  test("that hands on the transaction has one effect, whenever its process is killed", async () => {
    expect(await killedAndStartedAgain(applications.enlisted)).toEqual([0, 1]);
  });

  test("that does not would have two: the cut is blocked as not enlistable", async () => {
    // Naive: the service on a connection of its own.
    expect(await killedAndStartedAgain(applications.alone)).toEqual([1, 2]);
  });
});
