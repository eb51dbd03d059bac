import type { SeamcutEvent } from "./contract";
import { EVENT } from "./decide";
import { emit } from "./emit";
import type { Handle } from "./orm";
import { currentRuntime } from "./runtime";
import { deliverEvents } from "./testing";

/** The rows of the tables that a handler writes, at four moments. */
export interface Redelivery {
  readonly before: readonly string[];
  /** The handler had done its work, and died before the message was marked. */
  readonly afterCrash: readonly string[];
  readonly afterDelivery: readonly string[];
  /** The same message once more. */
  readonly afterRedelivery: readonly string[];
}

class Crash extends Error {}

/** Lets a handler die between its work and the mark of its message, then delivers the message twice. */
export async function crashAndRedeliver(
  consumerId: string,
  event: SeamcutEvent<any>,
  tables: readonly string[],
): Promise<Redelivery> {
  const runtime = currentRuntime();
  const consumer = runtime?.consumers().find((candidate) => candidate.consumer === consumerId);
  const handler = consumer?.handlers.find((candidate) => candidate.contract.type === event.contract.type);
  if (!runtime || !handler) throw new Error(`no handler of ${consumerId} for ${event.contract.type} is registered`);
  const { database } = runtime;
  const rows = async () => {
    const found: string[] = [];
    for (const table of tables) {
      const quoted = table
        .split(".")
        .map((part) => `"${part.replaceAll('"', '""')}"`)
        .join(".");
      const all = await database.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${quoted} t`);
      found.push(...all.map(({ row }) => `${table} ${row}`));
    }
    return found.sort();
  };
  const deliver = async () => {
    await database.transaction((_sql, tx) => emit(tx as Handle, event, EVENT));
    await deliverEvents();
    return rows();
  };
  const before = await rows();
  const context = { messageId: event.id, type: event.contract.type, key: "", attempt: 1, traceparent: undefined };
  try {
    await database.transaction(async (_sql, tx) => {
      await handler.handle(event.payload, { ...context, tx });
      throw new Crash("between work and mark");
    });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  const afterCrash = await rows();
  return { before, afterCrash, afterDelivery: await deliver(), afterRedelivery: await deliver() };
}
