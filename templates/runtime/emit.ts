import type { SeamcutEvent } from "./contract";
import { TransactionLost } from "./database";
import type { Decision } from "./decide";
import { type Handle, inSavepoint, isInTransaction, sqlOf } from "./orm";
import { alarm, currentRecorder, currentRuntime, isWithoutDatabase, wake } from "./runtime";
import { insertOutbox, lockKeys, type OutboxRow, refuseToWait, shardOf } from "./store";

const SOURCE = "/seamcut";

export class EmitError extends Error {
  readonly code: "no-transaction" | "invalid-payload";

  constructor(code: EmitError["code"], message: string) {
    super(message);
    this.name = "EmitError";
    this.code = code;
  }
}

/**
 * Records an event in the caller's transaction, after the caller's last write. Once somebody depends on the event it
 * fails without a transaction or on an invalid payload. As long as every consumer is still called directly it fails
 * for nobody: no lock, a savepoint around the insert, and an alarm instead of an exception; unless the server has ended
 * the caller's transaction.
 */
export async function emit<P>(handle: Handle, event: SeamcutEvent<P>, decision?: Decision): Promise<void> {
  await emitAll(handle, [event as SeamcutEvent], decision);
}

/** Several events at once; their keys are locked in one order, so that two callers cannot block each other. */
export async function emitAll(handle: Handle, events: readonly SeamcutEvent[], decision?: Decision): Promise<void> {
  const recorder = currentRecorder();
  if (recorder) {
    recorder.push(...events);
    return;
  }
  if (events.length === 0 || isWithoutDatabase()) return;
  if (isOnlyCalled(decision)) return emitQuietly(handle, events, decision);
  check(handle, events);
  const sql = sqlOf(handle);
  const locked = events.filter((event) => event.contract.keyed && event.contract.ordering === "key");
  if (locked.length > 0) await lockKeys(sql, locked.map(partitionOf));
  await insertOutbox(
    sql,
    events.map((event) => toRow(event, decision)),
  );
  wake();
}

/** True while nobody depends on the event: all its consumers are called directly. */
export function isOnlyCalled(decision: Decision | undefined): boolean {
  return decision !== undefined && !Object.values(decision.modes).includes("event");
}

async function emitQuietly(handle: Handle, events: readonly SeamcutEvent[], decision?: Decision): Promise<void> {
  const runtime = currentRuntime();
  // Scripts that never registered a database: the direct call does the work, and nobody would deliver the event.
  if (!runtime) return;
  try {
    check(handle, events);
    const rows = events.map((event) => toRow(event, decision));
    await inSavepoint(handle, async (sql) => {
      await refuseToWait(sql);
      await insertOutbox(sql, rows);
    });
    wake();
  } catch (error) {
    alarm(runtime, "emit-failed", { types: events.map((event) => event.contract.type), error: String(error) });
    // The one failure that is the caller's: a transaction that is gone cannot go on as if nothing had happened.
    if (error instanceof TransactionLost) throw error;
  }
}

function check(handle: Handle, events: readonly SeamcutEvent[]): void {
  for (const { contract, payload } of events) {
    const problems = contract.problems(payload);
    if (problems.length > 0) throw new EmitError("invalid-payload", `${contract.type}: ${problems.join("; ")}`);
  }
  if (!isInTransaction(handle)) {
    throw new EmitError("no-transaction", "emit needs the transaction that holds the change it tells of");
  }
}

function aggregateOf({ contract, payload, id }: SeamcutEvent): { type: string; id: string } {
  // Without a key every event is its own: nothing waits for anything.
  return { type: contract.type.split(".")[0] ?? contract.type, id: contract.keyOf(payload) ?? id };
}

function partitionOf(event: SeamcutEvent): string {
  const aggregate = aggregateOf(event);
  return `${aggregate.type}/${aggregate.id}`;
}

function toRow(event: SeamcutEvent, decision: Decision | undefined): OutboxRow {
  const { contract } = event;
  const aggregate = aggregateOf(event);
  const traceparent = currentRuntime()?.hooks.traceparent?.();
  return {
    id: event.id,
    aggregatetype: aggregate.type,
    aggregateid: aggregate.id,
    type: contract.type,
    payload: event.payload,
    headers: {
      specversion: "1.0",
      source: `${SOURCE}/${aggregate.type}`,
      time: event.time,
      datacontenttype: "application/json",
      version: contract.version,
      ...(contract.keyed && { partitionkey: aggregate.id }),
      ...(traceparent !== undefined && { traceparent }),
      ...(decision && { decision: decision.modes }),
    },
    shard: shardOf(`${aggregate.type}/${aggregate.id}`),
  };
}
