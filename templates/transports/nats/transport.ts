import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import type { Outgoing, Receive, Refused, Session, Transport } from "./broker";
import { keptOpen } from "./kept-open";

export interface NatsOptions {
  /** `nats://user:password@host:4222` */
  readonly url: string;
  /** Name of the stream, and the beginning of all subjects. */
  readonly prefix?: string;
  /** A bound of your own below what server and stream accept, which they say themselves. */
  readonly maxMessageBytes?: number;
}

// The library's other names are hidden from TypeScript's older module resolution.
type NatsConnection = Awaited<ReturnType<typeof connect>>;

const NANOSECONDS = 1_000_000;
const CONNECT_MS = 10_000;
/** How long a message may be in hand before it is given to somebody else as well. */
const ACK_WAIT_MS = 30_000;
/** How long the server knows a message that is published again. The inbox knows it for longer. */
const DUPLICATES_MS = 120_000;
/** The stream's `max_msg_size`. */
const TOO_LARGE_FOR_STREAM = 10054;
const NOT_FOUND: readonly number[] = [10014, 10059];

interface Publisher {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Consumers that this connection has made sure of. */
  readonly consumers: Set<string>;
}

/**
 * One stream that keeps an event until each durable consumer has acknowledged it; subjects are `<prefix>.<type>`.
 * Events are CloudEvents in JSON, the structured mode of the NATS binding. A consumer without a durable name of its
 * own in the stream loses what is sent before it has one: the relay makes it first.
 */
export function nats(options: NatsOptions): Transport {
  const prefix = options.prefix ?? "seamcut";
  async function open(): Promise<Publisher> {
    const connection = await connectTo(options.url);
    try {
      const manager = await jetstreamManager(connection);
      await declareStream(manager, prefix);
      return { connection, manager, client: jetstream(connection), consumers: new Set() };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async function send(
    { client, manager, consumers: known }: Publisher,
    messages: readonly Outgoing[],
  ): Promise<Refused[]> {
    for (const consumer of new Set(messages.flatMap(({ consumers }) => consumers))) {
      if (known.has(consumer)) continue;
      await declareConsumer(manager, prefix, consumer);
      known.add(consumer);
    }
    const limit = options.maxMessageBytes ?? Number.POSITIVE_INFINITY;
    const refused: Refused[] = [];
    const sent = messages.map(async ({ event }) => {
      const body = Buffer.from(JSON.stringify(event));
      const { id } = event;
      if (body.length > limit) {
        refused.push({ id, reason: `${body.length} bytes are more than ${limit}` });
        return;
      }
      try {
        // What stands for a refused event is another message with the same id.
        const msgID = event.seamcutskipped ? `${id} skipped` : id;
        await client.publish(`${prefix}.${event.type}`, body, { msgID, expect: { streamName: prefix } });
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        refused.push({ id, reason: String(error) });
      }
    });
    await Promise.all(sent);
    return refused;
  }

  const publisher = keptOpen(
    open,
    ({ connection }) => connection.closed(),
    ({ connection }) => connection.close(),
  );
  return {
    publish: async (messages) => send(await publisher.get(), messages),
    reset: publisher.reset,
    close: publisher.close,
    subscribe: (consumer, receive) => subscribe(options.url, prefix, consumer, receive),
  };
}

async function subscribe(url: string, prefix: string, consumer: string, receive: Receive): Promise<Session> {
  const connection = await connectTo(url);
  try {
    const manager = await jetstreamManager(connection);
    await declareStream(manager, prefix);
    await declareConsumer(manager, prefix, consumer);
    const source = await jetstream(connection).consumers.get(prefix, consumer);
    const messages = await source.consume({ max_messages: 100, abort_on_missing_resource: true });
    const taken = new Set<Promise<void>>();
    let failed: (reason: unknown) => void = () => undefined;
    const failure = new Promise<unknown>((resolve) => {
      failed = resolve;
    });
    const reading = (async () => {
      for await (const message of messages) {
        const taking = take(message, receive)
          .catch(failed)
          .finally(() => taken.delete(taking));
        taken.add(taking);
      }
    })();
    // What was not acknowledged comes again, to whoever is connected then.
    const closed = Promise.race([failure, reading, connection.closed()])
      .catch((reason: unknown) => reason)
      .finally(() => connection.close());
    return {
      closed,
      async stop() {
        messages.stop();
        await Promise.all(taken);
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function take(message: JsMsg, receive: Receive): Promise<void> {
  const outcome = await receive(message.string());
  if (outcome === "accepted") message.ack();
  else message.term("no message of this runtime");
}

function connectTo(url: string): Promise<NatsConnection> {
  // Whoever uses the connection starts again with a new one; pings find one that is dead.
  return connect({ servers: url, reconnect: false, timeout: CONNECT_MS, pingInterval: 10_000, maxPingOut: 2 });
}

/** Leaves a stream alone that is there: its replicas and limits are its operator's business. */
async function declareStream(manager: JetStreamManager, prefix: string): Promise<void> {
  if (await isFound(manager.streams.info(prefix))) return;
  await manager.streams.add({
    name: prefix,
    subjects: [`${prefix}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Interest,
    duplicate_window: DUPLICATES_MS * NANOSECONDS,
  });
}

async function declareConsumer(manager: JetStreamManager, prefix: string, consumer: string): Promise<void> {
  if (await isFound(manager.consumers.info(prefix, consumer))) return;
  await manager.consumers.add(prefix, {
    durable_name: consumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_MS * NANOSECONDS,
    deliver_policy: DeliverPolicy.All,
    max_deliver: -1,
  });
}

async function isFound(question: Promise<unknown>): Promise<boolean> {
  try {
    await question;
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && NOT_FOUND.includes(error.code)) return false;
    throw error;
  }
}

function isTooLarge(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === TOO_LARGE_FOR_STREAM;
  return error instanceof Error && error.name === "InvalidArgumentError" && error.message.includes("max_payload");
}
