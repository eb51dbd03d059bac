import { setTimeout as sleep } from "node:timers/promises";
import { accept, deletePublished, findMissing, readVersions, readWaiting, type WaitingRow } from "./broker-store";
import type { Consumer } from "./handlers";
import type { RelayOptions, Route } from "./relay";
import { alarm, type Runtime, wake } from "./runtime";
import { leaseShards, readSubscriptions } from "./store";
import { fromWire, type Message, toWire, type WireEvent } from "./wire";

export interface Outgoing {
  readonly event: WireEvent;
  /** The queues (or whatever the broker calls them) of these consumers must be there before the event is sent. */
  readonly consumers: readonly string[];
}

export interface Refused {
  readonly id: string;
  readonly reason: string;
}

/** `rejected`: no message of this runtime; the broker may set it aside. Throws when it stops: nothing is acknowledged. */
export type Receive = (body: string) => Promise<"accepted" | "rejected">;

export interface Session {
  /** Resolves when the connection is gone, with the reason where there is one. */
  readonly closed: Promise<unknown>;
  stop(): Promise<void>;
}

/** What a broker has to do. It keeps no state that matters: whatever it rejects or loses is asked of it again. */
export interface Transport {
  /**
   * Sends in the order given, and resolves when the broker has confirmed every event. Gives those that it can never
   * accept, being too large. Rejects when it does not know of one: all are sent again later.
   */
  publish(messages: readonly Outgoing[]): Promise<readonly Refused[]>;
  /** The next `publish` gets a new connection, and takes nothing for granted that this one has declared. */
  reset(): void;
  /**
   * Calls `receive` with the consumer's messages as they come, without waiting for the one before, up to some hundred at
   * a time; acknowledges each when it has been received.
   */
  subscribe(consumer: string, receive: Receive): Promise<Session>;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 30_000;
/** How long a message waits for an earlier one of its key before somebody is told. */
const MISSING_MS = 60_000;

/** Sends what the outbox holds through a broker, and fills the inboxes of this process's consumers from it. */
export function overBroker(transport: Transport): Route {
  const stopping = new AbortController();
  const receivers: Promise<void>[] = [];
  return {
    relay: (runtime, options) => relayToBroker(runtime, transport, options),
    receive(runtime, consumers) {
      for (const consumer of consumers) receivers.push(keepReceiving(runtime, transport, consumer, stopping.signal));
    },
    async stop() {
      stopping.abort();
      await Promise.all(receivers);
      await transport.close();
    },
  };
}

/**
 * Publishes with confirmation, then deletes under the lease. A process that dies or loses its lease in between
 * publishes twice, which the inbox sees by the message's id; it deletes and counts nothing that its successor has.
 */
export async function relayToBroker(runtime: Runtime, transport: Transport, options: RelayOptions): Promise<number> {
  const { database } = runtime;
  const { owner, batch, leaseMs } = options;
  let total = 0;
  while (!options.signal?.aborted) {
    if ((await leaseShards(database, owner, leaseMs)).length === 0) break;
    const waiting = await readWaiting(database, owner, batch);
    if (waiting.rows.length === 0) break;
    const messages = await address(runtime, waiting.rows);
    const refused = await publishAll(transport, messages, leaseMs / 2);
    for (const { id, reason } of refused.values()) alarm(runtime, "dead-letter", { messageId: id, error: reason });
    const deleted = await deletePublished(database, owner, leaseMs, waiting, messages, refused);
    if (deleted < waiting.rows.length) {
      const error = `the lease was lost: ${waiting.rows.length - deleted} messages are published again`;
      alarm(runtime, "relay-failed", { error, while: "deleting what was published" });
    }
    total += deleted;
    if (waiting.rows.length < batch) break;
  }
  return total;
}

/** Who is to have each message, and its number among the messages of its key that this consumer has. */
async function address(runtime: Runtime, rows: readonly WaitingRow[]): Promise<Message[]> {
  // Read after the batch: a consumer that a message was decided for has committed its subscription by then.
  const subscriptions = await readSubscriptions(runtime.database);
  const keys = [...new Set(rows.map((row) => row.partition_key))];
  const versions = new Map<string, number>();
  for (const row of await readVersions(runtime.database, keys)) {
    versions.set(`${row.consumer} ${row.partition_key}`, row.version);
  }
  const unsubscribed = new Set<string>();
  const messages = rows.map((row) => {
    const consumers = new Set(subscriptions.filter(({ type }) => type === row.type).map(({ consumer }) => consumer));
    for (const [consumer, mode] of Object.entries((row.headers["decision"] ?? {}) as Record<string, string>)) {
      if (consumer === "*" || mode !== "event" || consumers.has(consumer)) continue;
      consumers.add(consumer);
      unsubscribed.add(consumer);
    }
    const numbered = [...consumers].map((consumer): [string, number | null] => {
      if (row.headers["partitionkey"] === undefined) return [consumer, null];
      const counter = `${consumer} ${row.partition_key}`;
      const version = (versions.get(counter) ?? 0) + 1;
      versions.set(counter, version);
      return [consumer, version];
    });
    return { ...row, versions: Object.fromEntries(numbered), skipped: false };
  });
  for (const consumer of unsubscribed) alarm(runtime, "unsubscribed-consumer", { consumer });
  return messages;
}

async function publishAll(
  transport: Transport,
  messages: readonly Message[],
  timeoutMs: number,
): Promise<ReadonlyMap<string, Refused>> {
  const refused = new Map<string, Refused>();
  for (const refusal of await publish(transport, messages, timeoutMs)) refused.set(refusal.id, refusal);
  // Its successors have their numbers already, and consumers wait for the one that is missing.
  const skips = messages
    .filter((message) => refused.has(message.message_id))
    .map((message) => ({ ...message, skipped: true }));
  if (skips.length > 0) {
    const [again] = await publish(transport, skips, timeoutMs);
    if (again) throw new Error(`the broker refuses even an empty message: ${again.reason}`);
  }
  return refused;
}

async function publish(
  transport: Transport,
  messages: readonly Message[],
  timeoutMs: number,
): Promise<readonly Refused[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no confirmation within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([transport.publish(messages.map(outgoing)), late]);
  } catch (error) {
    transport.reset();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function outgoing(message: Message): Outgoing {
  return { event: toWire(message), consumers: Object.keys(message.versions) };
}

/** Subscribes again for as long as it takes. */
async function keepReceiving(
  runtime: Runtime,
  transport: Transport,
  { consumer }: Consumer,
  signal: AbortSignal,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  const looks = setInterval(() => lookForMissing(runtime, consumer), MISSING_MS);
  let failures = 0;
  while (!signal.aborted) {
    try {
      const store = inBatches((messages) => storeAll(runtime, consumer, messages, signal));
      const session = await transport.subscribe(consumer, async (body) => {
        const message = readMessage(runtime, consumer, body);
        failures = 0;
        // One that does not name the consumer: its subscription was taken back, and the broker does not know yet.
        if (message && message.versions[consumer] !== undefined) await store(message);
        return message ? "accepted" : "rejected";
      });
      const reason = await Promise.race([session.closed, stopped]);
      await session.stop();
      if (!signal.aborted) throw reason ?? new Error("the connection to the broker was lost");
    } catch (error) {
      failures++;
      alarm(runtime, "receive-failed", { consumer, error: String(error), failures });
      await pause(failures, signal);
    }
  }
  clearInterval(looks);
}

function readMessage(runtime: Runtime, consumer: string, body: string): Message | null {
  try {
    return fromWire(body);
  } catch (error) {
    alarm(runtime, "receive-failed", { consumer, error: String(error), while: "reading a message" });
    return null;
  }
}

/** Tries until they are stored: a database that is away must not send messages to the broker's dead letters. */
async function storeAll(
  runtime: Runtime,
  consumer: string,
  messages: readonly Message[],
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 1; ; failures++) {
    try {
      if (await accept(runtime.database, consumer, messages)) wake();
      return;
    } catch (error) {
      alarm(runtime, "receive-failed", { consumer, messages: messages.length, error: String(error), failures });
      await pause(failures, signal);
      if (signal.aborted) throw error;
    }
  }
}

/** Stores together what has come while the former ones were stored: a transaction for each would be slow. */
function inBatches(store: (messages: readonly Message[]) => Promise<void>): (message: Message) => Promise<void> {
  let waiting: Message[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return (message) => {
    waiting.push(message);
    next ??= last.then(() => {
      const batch = waiting;
      waiting = [];
      next = null;
      const stored = store(batch);
      // Those who wait for this batch hear of its failure; the next one is tried all the same.
      last = stored.catch(() => undefined);
      return stored;
    });
    return next;
  };
}

async function lookForMissing(runtime: Runtime, consumer: string): Promise<void> {
  try {
    for (const { partition_key, version } of await findMissing(runtime.database, consumer, MISSING_MS)) {
      alarm(runtime, "blocked", { consumer, key: partition_key, waitsFor: version });
    }
  } catch (error) {
    alarm(runtime, "receive-failed", { consumer, error: String(error), while: "looking for missing messages" });
  }
}

async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
  // Ends early when the process is to stop.
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
