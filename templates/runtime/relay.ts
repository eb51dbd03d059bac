import type { Consumer } from "./handlers";
import { alarm, type Runtime, wake } from "./runtime";
import { drainBatch, leaseShards, releaseShards } from "./store";

export interface RelayOptions {
  readonly owner: string;
  readonly leaseMs: number;
  readonly batch: number;
  /** Ends the work after the batch in hand. */
  readonly signal?: AbortSignal | undefined;
}

/** Another way from the outbox to the inboxes than inside one database. */
export interface Route {
  /** Moves what waits in the outbox; gives the number of messages moved. */
  relay(runtime: Runtime, options: RelayOptions): Promise<number>;
  /** Starts to fill the inboxes of these consumers. */
  receive(runtime: Runtime, consumers: readonly Consumer[]): void;
  stop(): Promise<void>;
}

/** Leases what is free and moves all that waits in it. Gives the number of messages moved. */
export async function relay(runtime: Runtime, options: RelayOptions): Promise<number> {
  let total = 0;
  while (!options.signal?.aborted) {
    const shards = await leaseShards(runtime.database, options.owner, options.leaseMs);
    if (shards.length === 0) break;
    const { moved, unsubscribed } = await drainBatch(runtime.database, options.owner, options.batch, options.leaseMs);
    for (const consumer of unsubscribed) alarm(runtime, "unsubscribed-consumer", { consumer });
    total += moved;
    // The handlers of this process need not wait until they look again.
    if (moved > 0) wake();
    if (moved < options.batch) break;
  }
  return total;
}

/** Gives the leases back, so that a successor need not wait for them to run out. */
export async function stopRelay(runtime: Runtime, owner: string): Promise<void> {
  try {
    await releaseShards(runtime.database, owner);
  } catch (error) {
    alarm(runtime, "relay-failed", { error: String(error), while: "releasing leases" });
  }
}
