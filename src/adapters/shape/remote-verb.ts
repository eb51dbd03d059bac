import type { Effect } from "../../model/index.ts";

const WRITES =
  /^(create|update|delete|del|remove|send|post|put|patch|publish|upload|upsert|save|report|provision|cancel|register|invite|revoke|import|increment|decrement|consume|trigger|submit|charge|refund|emit|dispatch|enqueue|produce)([A-Z_]|$)/;
const READS = /^(get|list|find|fetch|search|query|read|retrieve|download|lookup)([A-Z_]|$)/;

/** Words that only a remote interface means that way: elsewhere they are said of anything. */
const MORE_WRITES =
  /^(capture|confirm|void|reverse|archive|attach|detach|finalize|approve|reject|activate|deactivate|enable|disable|subscribe|unsubscribe|pay|expire|reopen|accept|decline|assign|unassign|transfer|replace|modify|destroy|purge|rotate|tweet|append|index|bulk|schedule|execute|batch|complete|mark)([A-Z_]|$)/;
const MORE_READS =
  /^(describe|head|count|scan|select|check|verify|validate|exists|is|has|preview|estimate|resolve|all|iterate|paginate|status)([A-Z_]|$)/;

/** The effect that a method of a remote interface means by its first word; null where it is none of theirs. */
export function remoteVerb(member: string): Effect | null {
  return plainVerb(member) ?? (MORE_WRITES.test(member) ? "write" : MORE_READS.test(member) ? "read" : null);
}

/** Whether the word means handing over to somebody who reacts later. */
export function tellsOthers(member: string): boolean {
  return /^(publish|emit|enqueue|produce)([A-Z_]|$)/.test(member);
}

/** The same by words that mean one thing whoever says them. */
export function plainVerb(member: string): Effect | null {
  if (WRITES.test(member)) return "write";
  return READS.test(member) ? "read" : null;
}
