import { existsSync } from "node:fs";
import path from "node:path";
import { x } from "tinyexec";
import { loadConfig } from "../../config/load-config.ts";
import { type AnalysisResult, type CutResult, UserError } from "../../model/index.ts";
import { analyze } from "../analyze.ts";
import { writeBaseline } from "../baseline.ts";
import { cut } from "../cut/cut.ts";
import { type DemoDatabase, startDatabase } from "./database.ts";
import { commitAll, copyShop } from "./shop-copy.ts";
import { placeOrder, placeOrderAndKill, type ShopEnvironment, whileShopRuns } from "./shop-process.ts";

/** What happened to orders and their notifications in one version of the code. */
export interface DemoRound {
  /** A program killed between the order's commit and the notification. */
  readonly kill: {
    readonly orders: number;
    readonly notificationsAtOnce: number;
    readonly notificationsAfterRestart: number;
    readonly notificationsAfterSecondRestart: number;
  };
  /** An order placed while notifications fail. */
  readonly outage: {
    readonly answer: "placed" | "failed";
    readonly error?: string;
    readonly notificationsDuring: number;
    readonly notificationsAfterRepair: number;
  };
}

export interface DemoResult {
  readonly folder: string;
  readonly scan: AnalysisResult;
  readonly cut: CutResult;
  readonly before: DemoRound;
  readonly after: DemoRound;
  readonly seconds: number;
}

export interface DemoOptions {
  say(line: string): void;
  onScan?(result: AnalysisResult): void;
  onCut?(result: CutResult): void;
  readonly signal?: AbortSignal;
}

const CUSTOMER_ORDERS = "SELECT count(*)::int FROM orders WHERE id = ";
const SETTLE_MS = 1500;
const ARRIVE_MS = 30_000;

/** The whole path on a copy of the example shop: scan, kill, cut, kill again. */
export async function demo(options: DemoOptions): Promise<DemoResult> {
  const started = performance.now();
  const folder = await copyShop(options.say);
  // The shop's calls are all known without the checker.
  const config = { ...(await loadConfig({ cwd: folder })), checker: false };
  const scan = await analyze(config);
  options.onScan?.(scan);
  await writeBaseline(config);
  await commitAll(folder, "The accepted calls");
  options.say("before: the code as it is");
  const before = await round(folder, options);
  options.say("cutting orders → notifications, each patch proven in a temporary checkout …");
  const result = await cut(config, {
    from: "orders",
    to: "notifications",
    write: true,
    ...(options.signal && { signal: options.signal }),
  });
  options.onCut?.(result);
  options.say("after: the same, with the patches applied");
  const after = await round(folder, options);
  return { folder, scan, cut: result, before, after, seconds: (performance.now() - started) / 1000 };
}

/** Both experiments on a database of their own. */
async function round(folder: string, options: DemoOptions): Promise<DemoRound> {
  await build(folder);
  options.signal?.throwIfAborted();
  const database = await startDatabase(folder);
  try {
    const shop: ShopEnvironment = { folder, databaseUrl: database.url };
    return { kill: await killRound(shop, database), outage: await outageRound(shop, database) };
  } finally {
    await database.close();
  }
}

async function build(folder: string): Promise<void> {
  const compiler = path.join(folder, "node_modules/typescript/bin/tsc");
  if (!existsSync(compiler)) throw new UserError("SC2016", "the shop has no TypeScript compiler installed");
  const result = await x(process.execPath, [compiler, "-p", "tsconfig.build.json"], { nodeOptions: { cwd: folder } });
  if (result.exitCode !== 0) throw new UserError("SC2016", `the shop does not build: ${result.stdout.slice(0, 300)}`);
}

async function killRound(shop: ShopEnvironment, database: DemoDatabase): Promise<DemoRound["kill"]> {
  const orderId = await placeOrderAndKill(shop);
  const orders = await database.count(`${CUSTOMER_ORDERS}'${orderId}'`);
  const notificationsAtOnce = await notifications(database, orderId);
  const notificationsAfterRestart = await whileShopRuns(shop, () => waitForOne(database, orderId));
  const notificationsAfterSecondRestart = await whileShopRuns(shop, async () => {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return notifications(database, orderId);
  });
  return { orders, notificationsAtOnce, notificationsAfterRestart, notificationsAfterSecondRestart };
}

async function outageRound(shop: ShopEnvironment, database: DemoDatabase): Promise<DemoRound["outage"]> {
  const broken = { ...shop, notificationsDown: true };
  const answer = await placeOrder(broken);
  const newest = "(SELECT id FROM orders ORDER BY placed_at DESC LIMIT 1)";
  const during = await whileShopRuns(broken, async () => {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return database.count(`SELECT count(*)::int FROM notification WHERE subject_id = ${newest}`);
  });
  const afterRepair = await whileShopRuns(shop, () => waitForOne(database, answer.orderId ?? null));
  return {
    answer: answer.orderId === undefined ? "failed" : "placed",
    ...(answer.failed !== undefined && { error: answer.failed }),
    notificationsDuring: during,
    notificationsAfterRepair: afterRepair,
  };
}

/** Waits until the notification is there; as long as the relay could need where it never comes. */
async function waitForOne(database: DemoDatabase, orderId: string | null): Promise<number> {
  const hasOutbox =
    (await database.count("SELECT count(*)::int FROM pg_tables WHERE tablename = 'seamcut_outbox'")) > 0;
  const deadline = Date.now() + (hasOutbox ? ARRIVE_MS : SETTLE_MS);
  for (;;) {
    const count = orderId === null ? 0 : await notifications(database, orderId);
    if (count > 0 || Date.now() > deadline) return count;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function notifications(database: DemoDatabase, orderId: string): Promise<number> {
  return database.count(`SELECT count(*)::int FROM notification WHERE subject_id = '${orderId}'`);
}
