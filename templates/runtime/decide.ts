import type { EventContract } from "./contract";
import type { Database } from "./database";
import { alarm, currentRuntime, type Runtime } from "./runtime";
import { hasPending, readSubscriptions, type Subscription } from "./store";

/** Who reacts to an event: the direct call, or the handler. One answer per consumer. */
export interface Decision {
  readonly modes: Readonly<Record<string, "call" | "event">>;
  /** True where the direct call of this consumer is to be made. */
  calls(consumer: string): boolean;
}

/** The constant decision of code without a direct call. */
export const EVENT: Decision = { modes: { "*": "event" }, calls: () => false };

const CALL: Decision = { modes: {}, calls: () => true };
/** Longer than any healthy read takes: a caller who holds connections while it decides must not wait for ever. */
const WAIT_MS = 1000;
const lastKnown = new WeakMap<Database, readonly Subscription[]>();

/**
 * Reads the switch once per event, before the transaction: the same answer goes into the message and guards the direct
 * call, so exactly one of the two acts, and a retried transaction keeps it. Read each time, because a remembered answer
 * would let a direct call overtake an event that another process has just emitted for the same key. Never throws:
 * where the switch cannot be read, its last known position counts. `key` is the event's key where it is known by then.
 */
export async function decide(contract: Pick<EventContract<never>, "type" | "keyed">, key?: string): Promise<Decision> {
  const runtime = currentRuntime();
  if (!runtime) return CALL;
  const rows = await readSwitch(runtime, contract.type);
  if (!rows) return CALL;
  const modes: Record<string, "call" | "event"> = {};
  for (const row of rows) {
    if (row.type === contract.type) modes[row.consumer] = await modeOf(runtime, row, contract, key);
  }
  return { modes, calls: (consumer) => modes[consumer] !== "event" };
}

async function readSwitch(runtime: Runtime, type: string): Promise<readonly Subscription[] | undefined> {
  try {
    const rows = await within(WAIT_MS, readSubscriptions(runtime.database));
    lastKnown.set(runtime.database, rows);
    return rows;
  } catch (error) {
    alarm(runtime, "decide-failed", { type, error: String(error) });
    return lastKnown.get(runtime.database);
  }
}

async function modeOf(
  runtime: Runtime,
  row: Subscription,
  contract: Pick<EventContract<never>, "type" | "keyed">,
  key: string | undefined,
): Promise<"call" | "event"> {
  // Nobody calls a native consumer directly.
  if (row.origin === "native") return "event";
  if (row.mode !== "draining") return row.mode;
  // Events without a key have no order to keep.
  if (!contract.keyed) return "call";
  // Going back to the call: a key whose events still wait must not be overtaken by a direct call.
  const partition = key === undefined ? null : `${contract.type.split(".")[0]}/${key}`;
  try {
    const waits = await within(WAIT_MS, hasPending(runtime.database, row.consumer, row.type, partition));
    return waits ? "event" : "call";
  } catch (error) {
    alarm(runtime, "decide-failed", { type: row.type, error: String(error) });
    return "event";
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
