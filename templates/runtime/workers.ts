import { randomUUID } from "node:crypto";
import type { Consumer } from "./handlers";
import { handleDue } from "./inbox";
import { type Route, relay, stopRelay } from "./relay";
import { alarm, isUnderTest, onWake, type Runtime } from "./runtime";

export interface WorkerOptions {
  /** How long a relay that vanished keeps its shards. */
  readonly leaseMs?: number;
  /** How long a handler that vanished keeps its message, and how long a running one may leave its transaction idle. */
  readonly claimMs?: number;
  /** Pause between two looks when nothing was there and nothing was emitted here. */
  readonly idleMs?: number;
  readonly batch?: number;
  /** First pause after a failed handler; doubles with each attempt. */
  readonly backoffMs?: number;
  /** Ids of the consumers that this process works for; all of its own when absent. */
  readonly consumers?: readonly string[];
  /** How messages get from the outbox to the inboxes; inside the database when absent. */
  readonly route?: Route;
}

export interface Workers {
  /** Finishes the message in hand, gives the leases back. */
  stop(): Promise<void>;
}

const AFTER_EMIT_MS = [5, 20, 80];
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 30_000;

/** Starts the relay and one loop per consumer. Call it from the application's entry point, never from a module hook. */
export function startWorkers(runtime: Runtime, options: WorkerOptions = {}): Workers {
  const owner = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const leaseMs = options.leaseMs ?? 10_000;
  const batch = options.batch ?? 200;
  const idleMs = options.idleMs ?? 1000;
  const stopping = new AbortController();
  const { signal } = stopping;
  const inbox = {
    claimMs: options.claimMs ?? 30_000,
    batch: Math.min(batch, 50),
    backoffMs: options.backoffMs ?? 500,
    signal,
  };
  const consumers = runtime.consumers().filter((consumer) => isWanted(consumer, options.consumers));
  const { route } = options;
  const move = route ? route.relay.bind(route) : relay;
  route?.receive(runtime, consumers);
  const loop = (failure: Failure, work: () => Promise<number>) => runLoop(runtime, failure, idleMs, signal, work);
  const loops = [
    loop("relay-failed", () => move(runtime, { owner, leaseMs, batch, signal })),
    ...consumers.map((consumer) => loop("handler-failed", () => handleDue(runtime, consumer, inbox))),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await route?.stop();
      await stopRelay(runtime, owner);
    },
  };
}

function isWanted(consumer: Consumer, asked: readonly string[] | undefined): boolean {
  const named =
    asked ??
    process.env["SEAMCUT_CONSUMERS"]
      ?.split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
  return !named || named.length === 0 || named.includes(consumer.consumer);
}

type Failure = "relay-failed" | "handler-failed";

/** Works until nothing is left, then sleeps; an emit in this process wakes it at once and 5, 20 and 80 ms later. */
async function runLoop(
  runtime: Runtime,
  failure: Failure,
  idleMs: number,
  signal: AbortSignal,
  work: () => Promise<number>,
): Promise<void> {
  let failures = 0;
  let soon: number[] = [];
  let awaken: () => void = () => undefined;
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      awaken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const unsubscribe = onWake(() => {
    // A database that does not answer is not asked more often because business goes on.
    if (failures > 0) return;
    soon = [...AFTER_EMIT_MS];
    awaken();
  });
  signal.addEventListener("abort", () => awaken(), { once: true });
  while (!signal.aborted) {
    let done = 0;
    try {
      done = await work();
      failures = 0;
    } catch (error) {
      failures++;
      alarm(runtime, failure, { error: String(error), failures });
    }
    if (signal.aborted) break;
    if (failures > 0) await sleep(Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10)));
    else if (done === 0) await sleep(soon.shift() ?? idleMs);
  }
  unsubscribe();
}

/** Test runners and scripts build the same application: there nothing must start by itself. */
export function workersAreWanted(environment: NodeJS.ProcessEnv = process.env): boolean {
  const asked = environment["SEAMCUT_RELAY"];
  if (asked === "on") return true;
  if (asked === "off") return false;
  return !isUnderTest(environment);
}
