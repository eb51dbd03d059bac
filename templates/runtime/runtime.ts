import type { SeamcutEvent } from "./contract";
import type { Database } from "./database";
import type { Consumer } from "./handlers";

/** Things that somebody should look at. `detail` never holds a payload. */
export type Alarm =
  | "emit-failed"
  | "decide-failed"
  | "relay-failed"
  | "receive-failed"
  | "handler-failed"
  | "claim-lost"
  | "blocked"
  | "dead-letter"
  | "unknown-type"
  | "unsubscribed-consumer";

export interface Hooks {
  alarm(kind: Alarm, detail: Record<string, unknown>): void;
  /** W3C `traceparent` of the work in progress, carried with each event. */
  traceparent?(): string | undefined;
  /** Milliseconds that a handler took, for a histogram. */
  handled?(consumer: string, type: string, milliseconds: number): void;
}

export interface Runtime {
  readonly database: Database;
  /** Consumers of this process, built on first use: a handler may need half the application. */
  readonly consumers: () => readonly Consumer[];
  readonly hooks: Hooks;
}

const logging: Hooks = {
  alarm: (kind, detail) => console.error(`seamcut ${kind} ${JSON.stringify(detail)}`),
};

const registered: Runtime[] = [];
const listeners = new Set<() => void>();
const counts = new Map<Alarm, number>();
let recorder: SeamcutEvent[] | null = null;

/** Makes the database known to `decide`. Starts nothing. The latest registration counts. */
export function register(runtime: Omit<Runtime, "hooks"> & { hooks?: Hooks }): Runtime {
  const complete: Runtime = { hooks: logging, ...runtime };
  registered.push(complete);
  return complete;
}

export function unregister(runtime: Runtime): void {
  const index = registered.indexOf(runtime);
  if (index >= 0) registered.splice(index, 1);
}

/** Null in unit tests and scripts that never registered one. */
export function currentRuntime(): Runtime | null {
  return registered[registered.length - 1] ?? null;
}

/** Counts and reports; a hook that fails does not reach the work that it was told of. */
export function alarm(runtime: Runtime, kind: Alarm, detail: Record<string, unknown>): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  try {
    runtime.hooks.alarm(kind, detail);
  } catch (error) {
    logging.alarm(kind, { ...detail, hookError: String(error) });
  }
}

/** How often each alarm has gone off in this process. */
export function alarmCounts(): ReadonlyMap<Alarm, number> {
  return counts;
}

/** Called after an emit: workers look again soon. Polling stays the guarantee. */
export function wake(): void {
  for (const listener of listeners) listener();
}

export function onWake(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Events go here instead of into the database while a test records them. */
export function setRecorder(events: SeamcutEvent[] | null): void {
  recorder = events;
}

export function currentRecorder(): SeamcutEvent[] | null {
  return recorder;
}

/** Under a test runner the same application is built again and again: nothing must start by itself there. */
export function isUnderTest(environment: NodeJS.ProcessEnv = process.env): boolean {
  const runner = environment["VITEST"] ?? environment["JEST_WORKER_ID"] ?? environment["NODE_TEST_CONTEXT"];
  return runner !== undefined || environment["NODE_ENV"] === "test";
}

/** A unit test with mocks instead of a database: there is nothing to record events in, and nobody to read them. */
export function isWithoutDatabase(): boolean {
  return registered.length === 0 && isUnderTest();
}
