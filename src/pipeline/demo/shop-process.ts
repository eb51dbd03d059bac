import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { UserError } from "../../model/index.ts";
import { freePort } from "./database.ts";

/** How the shop's programs are started. */
export interface ShopEnvironment {
  readonly folder: string;
  readonly databaseUrl: string;
  /** The store of message templates is broken. */
  readonly notificationsDown?: boolean;
}

/** Places an order and kills the program, without any warning, right after the order was committed. */
export async function placeOrderAndKill(shop: ShopEnvironment): Promise<string> {
  const child = start(shop, "scripts/place-order.js", { SHOP_PAUSE_AFTER_COMMIT: "1" });
  try {
    const line = await lineFrom(child, (text) => /^committed /.test(text), "the order's commit");
    return line.replace("committed ", "").trim();
  } finally {
    child.kill("SIGKILL");
    await exited(child);
  }
}

/** Places an order and lets the program finish; says what it answered. */
export async function placeOrder(
  shop: ShopEnvironment,
): Promise<{ readonly orderId?: string; readonly failed?: string }> {
  const child = start(shop, "scripts/place-order.js", {});
  const line = await lineFrom(child, (text) => text.startsWith("{"), "the answer");
  await exited(child);
  return JSON.parse(line) as { orderId?: string; failed?: string };
}

/** Runs the shop itself, relay and handlers included, while `work` goes on; then stops it in good order. */
export async function whileShopRuns<T>(shop: ShopEnvironment, work: () => Promise<T>): Promise<T> {
  const child = start(shop, "main.js", { PORT: String(await freePort()) });
  try {
    await lineFrom(child, (text) => text.startsWith("shop on "), "the shop's start");
    return await work();
  } finally {
    child.kill("SIGTERM");
    await exited(child);
  }
}

function start(shop: ShopEnvironment, script: string, extra: Record<string, string>): ChildProcess {
  const { VITEST: _v, JEST_WORKER_ID: _j, NODE_ENV: _n, NODE_OPTIONS: _o, ...clean } = process.env;
  const down = shop.notificationsDown ? { SHOP_NOTIFICATIONS: "down" } : {};
  return spawn(process.execPath, [path.join("dist", script)], {
    cwd: shop.folder,
    env: { ...clean, DATABASE_URL: shop.databaseUrl, ...down, ...extra },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The first line of output that fits; fails when the program ends, or a minute passes, before it comes. */
function lineFrom(child: ChildProcess, fits: (line: string) => boolean, what: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    const fail = (why: string) =>
      reject(new UserError("SC2016", `the shop ${why} before ${what}`, errors.trim().split("\n").slice(-5)));
    const timer = setTimeout(() => fail("took more than a minute"), 60_000);
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split("\n").slice(0, -1).find(fits);
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(line);
    });
    child.once("exit", () => {
      clearTimeout(timer);
      fail("ended");
    });
  });
}

function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
