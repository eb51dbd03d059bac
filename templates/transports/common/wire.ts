import { type CloudEvent, toCloudEvent } from "./envelope";

/** A message on its way: what an inbox needs, and its number among its key's messages for each consumer. */
export interface Message {
  readonly message_id: string;
  readonly type: string;
  readonly partition_key: string;
  readonly seq: string;
  readonly payload: unknown;
  readonly headers: Record<string, unknown>;
  /** For each consumer that is to have it: 1 for the first message of its key, 2 for the next; null without a key. */
  readonly versions: Readonly<Record<string, number | null>>;
  /** Stands for a message that the broker does not accept: consumers go on to the next of its key. */
  readonly skipped: boolean;
}

/** A CloudEvents 1.0 event with this runtime's extensions; their values are text, as the specification wants it. */
export interface WireEvent extends CloudEvent {
  /** Of the event's contract. */
  readonly seamcutversion: string;
  /** JSON: `versions` of the message. */
  readonly seamcutkeyversions: string;
  /** JSON: who acts, decided before the producer's transaction. */
  readonly seamcutdecision?: string;
  readonly seamcutskipped?: "true";
}

export function toWire(message: Message): WireEvent {
  const { version, decision } = message.headers;
  return {
    ...toCloudEvent(message.skipped ? { ...message, payload: null } : message),
    seamcutversion: String(version ?? 1),
    seamcutkeyversions: JSON.stringify(message.versions),
    ...(decision !== undefined && { seamcutdecision: JSON.stringify(decision) }),
    ...(message.skipped && { seamcutskipped: "true" as const }),
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads what `toWire` wrote; throws on anything else, since brokers are open to others. */
export function fromWire(body: string): Message {
  const event = JSON.parse(body) as Partial<WireEvent> | null;
  if (event?.specversion !== "1.0") throw new Error("no CloudEvents 1.0 event");
  const { id, type, source, sequence, seamcutkeyversions } = event;
  if (typeof id !== "string" || !UUID.test(id)) throw new Error("the event's id is no UUID");
  if (typeof type !== "string" || typeof source !== "string") throw new Error("the event has no type or no source");
  if (typeof sequence !== "string" || !/^\d{1,20}$/.test(sequence)) throw new Error("the event has no sequence");
  if (typeof seamcutkeyversions !== "string") throw new Error("the event names no consumers");
  return {
    message_id: id,
    type,
    partition_key: `${type.split(".")[0]}/${event.partitionkey ?? id}`,
    seq: String(BigInt(sequence)),
    payload: event.data,
    headers: {
      specversion: "1.0",
      source,
      time: event.time,
      datacontenttype: event.datacontenttype,
      version: Number(event.seamcutversion ?? 1),
      ...(event.partitionkey !== undefined && { partitionkey: event.partitionkey }),
      ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
      ...(event.seamcutdecision !== undefined && { decision: JSON.parse(event.seamcutdecision) }),
    },
    versions: JSON.parse(seamcutkeyversions),
    skipped: event.seamcutskipped === "true",
  };
}
