import { type Channel, type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from "amqplib";
import type { Outgoing, Receive, Refused, Session, Transport } from "./broker";
import { keptOpen } from "./kept-open";

export interface RabbitmqOptions {
  /** `amqp://user:password@host:5672/vhost?heartbeat=10` */
  readonly url: string;
  /** Name of the exchange, and the beginning of all names. */
  readonly prefix?: string;
  /** What the broker accepts (its `max_message_size`; 16 MiB since RabbitMQ 4). It closes the channel on more. */
  readonly maxMessageBytes?: number;
  /** How many messages a consumer may have in hand. */
  readonly prefetch?: number;
}

/** How often a message may come back before the broker sets it aside: only a lost connection brings one back. */
const DELIVERY_LIMIT = 100;
const CONNECT_MS = 10_000;

interface Publisher {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
  /** Bindings that this connection has made sure of, `consumer type`. */
  readonly routes: Set<string>;
  /** Ids of messages that no queue took. */
  readonly returned: Set<string>;
}

/**
 * One topic exchange, events routed by their type; a quorum queue per consumer, one process at a time reading it. What
 * the broker would drop goes to `<queue>.dead`. Events are CloudEvents in JSON: there is no binding for AMQP 0.9.1.
 */
export function rabbitmq(options: RabbitmqOptions): Transport {
  const prefix = options.prefix ?? "seamcut";
  const limit = options.maxMessageBytes ?? 16 * 1024 * 1024;
  async function open(): Promise<Publisher> {
    const connection = await connectTo(options.url);
    const channel = await connection.createConfirmChannel();
    channel.on("error", () => undefined); // what it lost is told by the confirmations
    const returned = new Set<string>();
    channel.on("return", ({ properties }) => returned.add(String(properties.messageId)));
    await channel.assertExchange(prefix, "topic", { durable: true });
    return { connection, channel, routes: new Set(), returned };
  }

  async function send({ channel, routes, returned }: Publisher, messages: readonly Outgoing[]): Promise<Refused[]> {
    const refused: Refused[] = [];
    const confirmed: Promise<void>[] = [];
    for (const { event, consumers } of messages) {
      for (const consumer of consumers) {
        const route = `${consumer} ${event.type}`;
        if (routes.has(route)) continue;
        await channel.bindQueue(await declareQueue(channel, prefix, consumer), prefix, event.type);
        routes.add(route);
      }
    }
    for (const { event, consumers } of messages) {
      const body = Buffer.from(JSON.stringify(event));
      if (body.length > limit) {
        refused.push({ id: event.id, reason: `${body.length} bytes are more than the broker's ${limit}` });
        continue;
      }
      const properties = {
        persistent: true,
        // A queue that somebody has deleted is noticed.
        mandatory: consumers.length > 0,
        contentType: "application/cloudevents+json",
        messageId: event.id,
        type: event.type,
      };
      confirmed.push(
        new Promise((resolve, reject) => {
          channel.publish(prefix, event.type, body, properties, (error) => (error ? reject(error) : resolve()));
        }),
      );
    }
    await Promise.all(confirmed);
    if (returned.size > 0) throw new Error(`no queue took ${[...returned].join(", ")}`);
    return refused;
  }

  const publisher = keptOpen(
    open,
    ({ connection }) => new Promise<void>((resolve) => connection.once("close", () => resolve())),
    ({ connection }) => connection.close(),
  );
  return {
    publish: async (messages) => send(await publisher.get(), messages),
    reset: publisher.reset,
    close: publisher.close,
    subscribe: (consumer, receive) => subscribe(options, prefix, consumer, receive),
  };
}

async function subscribe(
  options: RabbitmqOptions,
  prefix: string,
  consumer: string,
  receive: Receive,
): Promise<Session> {
  const connection = await connectTo(options.url);
  let reason: unknown;
  const closed = new Promise<unknown>((resolve) => connection.once("close", (error) => resolve(reason ?? error)));
  // It may be closed or closing already, which is what is wanted.
  const close = () => connection.close().catch(() => undefined);
  let stopping = false;
  const taken = new Set<Promise<void>>();
  const take = async (channel: Channel, delivery: ConsumeMessage) => {
    if (stopping) return;
    try {
      const outcome = await receive(delivery.content.toString("utf8"));
      if (outcome === "accepted") channel.ack(delivery);
      else channel.reject(delivery, false);
    } catch (error) {
      reason ??= error;
      // What was not acknowledged comes again, to whoever is connected then.
      stopping = true;
      void close();
    }
  };
  try {
    const channel = await connection.createChannel();
    channel.on("error", (error) => {
      reason ??= error;
    });
    channel.on("close", close);
    const queue = await declareQueue(channel, prefix, consumer);
    await channel.prefetch(options.prefetch ?? 100);
    const { consumerTag } = await channel.consume(queue, (delivery) => {
      if (!delivery) return void close(); // the queue was deleted
      const taking = take(channel, delivery).finally(() => taken.delete(taking));
      taken.add(taking);
    });
    return {
      closed,
      async stop() {
        if (!stopping) await channel.cancel(consumerTag).catch(() => undefined);
        stopping = true;
        await Promise.all(taken);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connectTo(url: string): Promise<ChannelModel> {
  const connection = await connect(url, { timeout: CONNECT_MS });
  connection.on("error", () => undefined); // always followed by its close
  return connection;
}

async function declareQueue(channel: Channel, prefix: string, consumer: string): Promise<string> {
  const queue = `${prefix}.${consumer}`;
  const dead = `${prefix}.dead`;
  await channel.assertExchange(dead, "direct", { durable: true });
  await channel.assertQueue(`${queue}.dead`, { durable: true, arguments: { "x-queue-type": "quorum" } });
  await channel.bindQueue(`${queue}.dead`, dead, queue);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      "x-queue-type": "quorum",
      "x-single-active-consumer": true,
      "x-delivery-limit": DELIVERY_LIMIT,
      // Without these a message that came back too often is dropped.
      "x-dead-letter-exchange": dead,
      "x-dead-letter-routing-key": queue,
      "x-dead-letter-strategy": "at-least-once",
      "x-overflow": "reject-publish",
    },
  });
  return queue;
}
