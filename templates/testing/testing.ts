import { randomUUID } from "node:crypto";
import type { SeamcutEvent } from "./contract";
import type { Consumer, HandlerContext } from "./handlers";
import { handleDue } from "./inbox";
import { relay, stopRelay } from "./relay";
import { type Alarm, currentRuntime, type Runtime, setRecorder } from "./runtime";

export interface DeliverOptions {
  /**
   * Lets each handler fail once after it did its work and before the message is marked, then delivers again: an effect
   * that happens twice was not in the handler's transaction.
   */
  readonly interrupt?: boolean;
}

/**
 * Delivers what was recorded, now and in this process, until nothing is left; in tests nothing runs in the background.
 * Does nothing where no database is registered. Fails with the first failure of a handler.
 */
export async function deliverEvents(options: DeliverOptions = {}): Promise<void> {
  const current = currentRuntime();
  if (!current) return;
  const owner = `test-${randomUUID().slice(0, 8)}`;
  const failures: string[] = [];
  const alarm = (kind: Alarm, detail: Record<string, unknown>) => {
    if (detail["error"] !== INTERRUPTED) failures.push(`${kind} ${JSON.stringify(detail)}`);
  };
  const runtime: Runtime = { ...current, hooks: { ...current.hooks, alarm } };
  const consumers = runtime.consumers().map((consumer) => forTest(consumer, options.interrupt === true));
  const once = async () => {
    let done = await relay(runtime, { owner, leaseMs: 10_000, batch: 200 });
    for (const consumer of consumers) {
      done += await handleDue(runtime, consumer, { claimMs: 30_000, batch: 50, backoffMs: 0 });
    }
    return done;
  };
  try {
    for (let round = 0; round < 1000; round++) {
      const done = await once();
      if (failures.length > 0) throw new Error(`an event was not handled: ${failures.join("; ")}`);
      if (done === 0) return;
    }
    throw new Error("events were still coming after 1000 rounds");
  } finally {
    await stopRelay(runtime, owner);
  }
}

const INTERRUPTED = "interrupted by the test, before the message was marked";

/** A consumer of its own for each delivery, so that what an earlier one saw is looked at again. */
function forTest(consumer: Consumer, interrupt: boolean): Consumer {
  const seen = new Set<string>();
  const handlers = consumer.handlers.map((handler) => ({
    contract: handler.contract,
    async handle(payload: unknown, context: HandlerContext) {
      await handler.handle(payload, context);
      if (!interrupt || seen.has(context.messageId)) return;
      seen.add(context.messageId);
      throw new Error(INTERRUPTED);
    },
  }));
  const { consumer: id, effects, onExhausted } = consumer;
  const maxAttempts = (consumer.maxAttempts ?? 10) + (interrupt ? 1 : 0);
  return { consumer: id, effects, onExhausted, maxAttempts, handlers };
}

export interface Recording {
  readonly events: readonly SeamcutEvent[];
  stop(): void;
}

/** Keeps emitted events in memory instead of the database: for unit tests without one. */
export function recordEvents(): Recording {
  const events: SeamcutEvent[] = [];
  setRecorder(events);
  return { events, stop: () => setRecorder(null) };
}
