import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { Outgoing, Receive, Refused, Session, Transport } from "./broker";
import { keptOpen } from "./kept-open";

export interface RedisOptions {
  /** `redis://user:password@host:6379/0` */
  readonly url: string;
  /** Beginning of all keys. */
  readonly prefix?: string;
  /** What the server accepts as one value: its `proto-max-bulk-len`. */
  readonly maxMessageBytes?: number;
  /** After how long a message in somebody's hand is taken for left behind. */
  readonly claimAfterMs?: number;
}

const GROUP = "seamcut";
const CONNECT_MS = 10_000;
const BLOCK_MS = 1000;
const COUNT = 100;

type Entry = readonly [id: string, fields: readonly string[] | null];

/**
 * One stream per consumer, `<prefix>:<consumer>`, whose entries are deleted once they are received; an event goes to
 * all its consumers in one transaction. Events are CloudEvents in JSON: there is no binding for Redis. A confirmation
 * is worth what the server's persistence is: without `appendfsync always` a crash of the server loses the last events.
 */
export function redis(options: RedisOptions): Transport {
  const prefix = options.prefix ?? "seamcut";
  const limit = options.maxMessageBytes ?? 512 * 1024 * 1024;
  // The same for each session: what one had in hand when its connection was lost, the next one gets first.
  const reader = randomUUID();
  const publisher = keptOpen(
    () => connectTo(options.url),
    (connection) => new Promise<void>((resolve) => connection.once("end", () => resolve())),
    (connection) => connection.disconnect(),
  );

  async function send(connection: Redis, messages: readonly Outgoing[]): Promise<Refused[]> {
    const refused: Refused[] = [];
    const transaction = connection.multi();
    for (const { event, consumers } of messages) {
      const body = JSON.stringify(event);
      const bytes = Buffer.byteLength(body);
      if (bytes > limit) refused.push({ id: event.id, reason: `${bytes} bytes are more than the server's ${limit}` });
      else for (const consumer of consumers) transaction.xadd(`${prefix}:${consumer}`, "*", "event", body);
    }
    for (const [error] of (await transaction.exec()) ?? []) if (error) throw error;
    return refused;
  }

  return {
    publish: async (messages) => send(await publisher.get(), messages),
    reset: publisher.reset,
    close: publisher.close,
    subscribe: (consumer, receive) =>
      subscribe(options.url, `${prefix}:${consumer}`, reader, options.claimAfterMs ?? 60_000, receive),
  };
}

async function subscribe(
  url: string,
  stream: string,
  reader: string,
  claimAfterMs: number,
  receive: Receive,
): Promise<Session> {
  // A read that waits blocks its connection: acknowledgements have one of their own.
  const [reading, answering] = await Promise.all([connectTo(url), connectTo(url)]);
  let stopping = false;
  let waiting = false;

  async function take(entries: readonly Entry[]): Promise<void> {
    if (stopping || entries.length === 0) return;
    const outcomes = await Promise.all(
      entries.map(async ([id, fields]) => {
        const body = fields?.[1];
        return { id, body, outcome: body === undefined ? "accepted" : await receive(body) };
      }),
    );
    const transaction = answering.multi();
    for (const { id, body, outcome } of outcomes) {
      if (outcome === "rejected") transaction.xadd(`${stream}:dead`, "*", "event", body ?? "");
      transaction.xack(stream, GROUP, id).xdel(stream, id);
    }
    await transaction.exec();
  }

  /** `0`: what this reader has in hand; `>`: what nobody has. */
  async function next(from: "0" | ">"): Promise<readonly Entry[]> {
    waiting = true;
    const group = ["GROUP", GROUP, reader] as const;
    const found = (await reading.xreadgroup(...group, "COUNT", COUNT, "BLOCK", BLOCK_MS, "STREAMS", stream, from)) as
      | readonly [stream: string, entries: readonly Entry[]][]
      | null;
    waiting = false;
    return found?.[0]?.[1] ?? [];
  }

  async function claimLeftBehind(): Promise<void> {
    for (let cursor = "0-0"; !stopping; ) {
      const claimed = (await answering.xautoclaim(stream, GROUP, reader, claimAfterMs, cursor, "COUNT", COUNT)) as [
        string,
        readonly Entry[],
      ];
      await take(claimed[1]);
      cursor = claimed[0];
      if (cursor === "0-0") return;
    }
  }

  async function run(): Promise<void> {
    for (let own = await next("0"); own.length > 0 && !stopping; own = await next("0")) await take(own);
    let looked = 0;
    while (!stopping) {
      if (Date.now() - looked >= claimAfterMs) {
        await claimLeftBehind();
        looked = Date.now();
      }
      await take(await next(">"));
    }
  }

  const end = () => {
    reading.disconnect();
    answering.disconnect();
  };
  try {
    await createGroup(answering, stream);
  } catch (error) {
    end();
    throw error;
  }
  // What was not acknowledged stays in this reader's hand, for its next session or for whoever claims it.
  const closed = run()
    .catch((reason: unknown) => reason)
    .finally(end);
  return {
    closed,
    async stop() {
      stopping = true;
      if (waiting) reading.disconnect();
      await closed;
    },
  };
}

async function createGroup(connection: Redis, stream: string): Promise<void> {
  try {
    await connection.xgroup("CREATE", stream, GROUP, "0", "MKSTREAM");
  } catch (error) {
    if (!String(error).includes("BUSYGROUP")) throw error; // it is there
  }
}

/** Whoever uses the connection starts again with a new one. */
async function connectTo(url: string): Promise<Redis> {
  const connection = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    socketTimeout: CONNECT_MS,
    retryStrategy: () => null,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  connection.on("error", () => undefined); // told by its end, and by what was asked of it
  await connection.connect();
  return connection;
}
