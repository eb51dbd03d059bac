import type { Consumer, Handler, HandlerContext } from "./handlers";
import { alarm, type Runtime } from "./runtime";
import {
  claim,
  findHeads,
  findOtherTypes,
  type InboxMessage,
  lockMessage,
  markProcessed,
  moveToDeadLetter,
  postpone,
  readSubscriptions,
  renewClaim,
  type Subscription,
  transact,
} from "./store";

export interface InboxOptions {
  /** How long a claim holds without renewal; a process that dies gives its message back after that. */
  readonly claimMs: number;
  readonly batch: number;
  /** First pause after a failure; doubles with each attempt, with jitter. */
  readonly backoffMs: number;
  /** Ends the work after the message in hand. */
  readonly signal?: AbortSignal | undefined;
}

const PARKED_MS = 60_000;
const MAX_BACKOFF_MS = 15 * 60_000;
const MAX_ATTEMPTS = 10;
const cursors = new WeakMap<Consumer, string>();
const nextLook = new WeakMap<Consumer, number>();

/** Handles what is due for one consumer, one message of each key at a time. Gives the number of messages tried. */
export async function handleDue(runtime: Runtime, consumer: Consumer, options: InboxOptions): Promise<number> {
  const types = consumer.handlers.map((handler) => handler.contract.type);
  await lookForOtherTypes(runtime, consumer, types);
  const find = (after: string) => findHeads(runtime.database, consumer.consumer, types, after, options.batch);
  const after = cursors.get(consumer) ?? "";
  let heads = await find(after);
  if (heads.length === 0 && after !== "") heads = await find("");
  const last = heads[heads.length - 1];
  cursors.set(consumer, heads.length === options.batch && last ? last.partition_key : "");
  if (heads.length === 0) return 0;
  const subscriptions = await readSubscriptions(runtime.database);
  let tried = 0;
  for (const head of heads) {
    if (options.signal?.aborted) break;
    const message = await claim(runtime.database, consumer.consumer, head.message_id, options.claimMs);
    if (!message) continue;
    tried++;
    try {
      await handleMessage(runtime, consumer, message, subscriptions, options);
    } catch (error) {
      await afterFailure(runtime, consumer, message, error, options);
    }
  }
  return tried;
}

/** This process may be older or newer than a message. Its key waits for one that knows the type: never "done". */
async function lookForOtherTypes(runtime: Runtime, consumer: Consumer, types: readonly string[]): Promise<void> {
  // Not the time of day: a clock that is set back would keep this silent.
  if (performance.now() < (nextLook.get(consumer) ?? 0)) return;
  nextLook.set(consumer, performance.now() + PARKED_MS);
  for (const type of await findOtherTypes(runtime.database, consumer.consumer, types)) {
    alarm(runtime, "unknown-type", { consumer: consumer.consumer, type });
  }
}

async function handleMessage(
  runtime: Runtime,
  consumer: Consumer,
  message: InboxMessage,
  subscriptions: readonly Subscription[],
  options: InboxOptions,
): Promise<void> {
  const handler = consumer.handlers.find((candidate) => candidate.contract.type === message.type);
  const who = whoActs(message, subscriptions);
  const detail = { consumer: consumer.consumer, type: message.type, messageId: message.message_id };
  if (!handler || who === "nobody-knows") {
    alarm(runtime, "unsubscribed-consumer", detail);
    await postpone(runtime.database, message, PARKED_MS, "neither a decision nor a subscription says who acts");
    return;
  }
  const problems = handler.contract.problems(message.payload);
  if (problems.length > 0) {
    alarm(runtime, "dead-letter", { ...detail, cause: "invalid payload" });
    await moveToDeadLetter(runtime.database, message, `invalid payload: ${problems.join("; ")}`);
    return;
  }
  if (who === "call") {
    // The direct call did the work; the payload was fit for the handler, which is all there was to learn.
    await markProcessed(runtime.database, message);
    return;
  }
  if (consumer.onExhausted === "dead-letter" && message.attempts > (consumer.maxAttempts ?? MAX_ATTEMPTS)) {
    // No attempt lived to report its failure: the handler takes the process down with it.
    alarm(runtime, "dead-letter", { ...detail, cause: "no attempt came to an end" });
    await moveToDeadLetter(runtime.database, message, message.last_error ?? "no attempt came to an end");
    return;
  }
  const started = performance.now();
  if (consumer.effects === "external") await runOutside(runtime, handler, message, options);
  else await runInTransaction(runtime, handler, message, options);
  runtime.hooks.handled?.(consumer.consumer, message.type, Math.round(performance.now() - started));
}

/** Decided before the producer's transaction and carried in the message: exactly one of call and handler acts. */
function whoActs(message: InboxMessage, subscriptions: readonly Subscription[]): "call" | "handler" | "nobody-knows" {
  const decision = message.headers["decision"] as Record<string, string> | undefined;
  const mode = decision?.[message.consumer] ?? decision?.["*"];
  if (mode !== undefined) return mode === "event" ? "handler" : "call";
  const own = subscriptions.find((row) => row.consumer === message.consumer && row.type === message.type);
  if (!own) return "nobody-knows";
  // Old code does not know of this consumer and still calls it; a native one was never called.
  return own.origin === "migrating" ? "call" : "handler";
}

async function runInTransaction(
  runtime: Runtime,
  handler: Handler,
  message: InboxMessage,
  options: InboxOptions,
): Promise<void> {
  await transact(runtime.database, options.claimMs, async (sql, tx) => {
    if (!(await lockMessage(sql, message))) return;
    await handler.handle(message.payload, contextOf(message, tx));
    await markProcessed(sql, message);
  });
}

async function runOutside(
  runtime: Runtime,
  handler: Handler,
  message: InboxMessage,
  options: InboxOptions,
): Promise<void> {
  const detail = { consumer: message.consumer, type: message.type, messageId: message.message_id };
  const renew = async () => {
    try {
      const held = await renewClaim(runtime.database, message, options.claimMs);
      if (!held) alarm(runtime, "claim-lost", detail);
    } catch (error) {
      alarm(runtime, "handler-failed", { ...detail, error: String(error), while: "renewing the claim" });
    }
  };
  const timer = setInterval(renew, Math.max(50, Math.floor(options.claimMs / 3)));
  try {
    await handler.handle(message.payload, contextOf(message, undefined));
  } finally {
    clearInterval(timer);
  }
  await markProcessed(runtime.database, message);
}

function contextOf(message: InboxMessage, tx: unknown): HandlerContext {
  const traceparent = message.headers["traceparent"];
  return {
    tx,
    messageId: message.message_id,
    type: message.type,
    key: message.partition_key,
    attempt: message.attempts,
    traceparent: typeof traceparent === "string" ? traceparent : undefined,
  };
}

async function afterFailure(
  runtime: Runtime,
  consumer: Consumer,
  message: InboxMessage,
  error: unknown,
  options: InboxOptions,
): Promise<void> {
  const text = error instanceof Error ? error.message : String(error);
  const detail = {
    consumer: consumer.consumer,
    type: message.type,
    messageId: message.message_id,
    attempt: message.attempts,
    error: text,
  };
  const exhausted = message.attempts >= (consumer.maxAttempts ?? MAX_ATTEMPTS);
  if (exhausted && consumer.onExhausted === "dead-letter") {
    alarm(runtime, "dead-letter", detail);
    await moveToDeadLetter(runtime.database, message, text);
    return;
  }
  alarm(runtime, exhausted ? "blocked" : "handler-failed", detail);
  const pause = Math.min(MAX_BACKOFF_MS, options.backoffMs * 2 ** Math.min(message.attempts - 1, 20));
  await postpone(runtime.database, message, Math.round(pause * (0.5 + Math.random())), text);
}
