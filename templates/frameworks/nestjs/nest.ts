import {
  type INestApplicationContext,
  Injectable,
  Module,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from "@nestjs/common";
import { ModuleRef } from "@nestjs/core";
import { DataSource } from "typeorm";
import { consumers } from "./consumers";
import type { Consumer } from "./handlers";
import { databaseOf } from "./orm";
import { type Runtime, register, unregister } from "./runtime";
import { startWorkers, type WorkerOptions, type Workers, workersAreWanted } from "./workers";

/** Makes the application's database known to `decide` and `emit`. Starts nothing: see `startSeamcut`. */
@Injectable()
export class SeamcutRegistration implements OnModuleInit, OnModuleDestroy, OnApplicationShutdown {
  runtime: Runtime | null = null;
  workers: Workers | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly moduleRef: ModuleRef,
  ) {}

  onModuleInit(): void {
    this.runtime = register({
      database: databaseOf(this.dataSource),
      consumers: () => consumers.map((type) => this.moduleRef.get<Consumer>(type, { strict: false })),
    });
  }

  async onModuleDestroy(): Promise<void> {
    // Before the data source closes: the message in hand is finished, leases are given back.
    await this.workers?.stop();
    this.workers = null;
    if (this.runtime) unregister(this.runtime);
    this.runtime = null;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.onModuleDestroy();
  }
}

@Module({ providers: [SeamcutRegistration] })
export class SeamcutModule {}

/**
 * Starts relay and handlers; call it from the entry point after the application was created. Does nothing under a test
 * runner or with SEAMCUT_RELAY=off.
 */
export async function startSeamcut(app: INestApplicationContext, options: WorkerOptions = {}): Promise<void> {
  if (!workersAreWanted()) return;
  // `NestFactory.create` builds providers but runs module hooks only on `init`, which may run once.
  const initialised = app as INestApplicationContext & { isInitialized?: boolean };
  if (!initialised.isInitialized) await app.init();
  const registration = app.get(SeamcutRegistration, { strict: false });
  if (registration.runtime && !registration.workers) registration.workers = startWorkers(registration.runtime, options);
}
