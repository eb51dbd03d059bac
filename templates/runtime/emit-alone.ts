import type { SeamcutEvent } from "./contract";
import type { Decision } from "./decide";
import { emit, isOnlyCalled } from "./emit";
import type { Handle } from "./orm";
import { alarm, currentRecorder, currentRuntime, isWithoutDatabase } from "./runtime";

/** How long a caller waits for an event that nobody depends on yet: the pool may have no connection to spare. */
const QUIET_MS = 1000;

/**
 * Records an event in a small transaction of its own, for callers that write nothing themselves. Where the caller's
 * writes are hidden behind other services, a crash in between loses the event: that gap is the caller's choice.
 */
export async function emitAlone<P>(event: SeamcutEvent<P>, decision?: Decision): Promise<void> {
  const runtime = currentRuntime();
  if (currentRecorder()) return emit({} as Handle, event, decision);
  if (isWithoutDatabase()) return;
  const quiet = isOnlyCalled(decision);
  if (!runtime) {
    // Scripts that never registered a database: the direct call, where there still is one, does the work.
    if (quiet) return;
    throw new Error("no database is registered: import SeamcutModule, or record events in this test");
  }
  const done = runtime.database.transaction((_sql, tx) => emit(tx as Handle, event, decision));
  if (!quiet) return done;
  const recorded = done.catch((error: unknown) => {
    alarm(runtime, "emit-failed", { types: [event.contract.type], error: String(error) });
  });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, QUIET_MS);
  });
  await Promise.race([recorded, patience]);
  clearTimeout(timer);
}
