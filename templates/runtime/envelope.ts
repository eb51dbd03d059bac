import type { InboxMessage } from "./store";

/** A CloudEvents 1.0 event in JSON format: how the event looks to anybody outside this code base. */
export interface CloudEvent {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly datacontenttype: string;
  readonly partitionkey?: string;
  readonly sequence: string;
  readonly traceparent?: string;
  readonly data: unknown;
}

export function toCloudEvent(
  message: Pick<InboxMessage, "message_id" | "type" | "seq" | "payload" | "headers">,
): CloudEvent {
  const text = (name: string) => {
    const value = message.headers[name];
    return typeof value === "string" ? value : undefined;
  };
  const partitionkey = text("partitionkey");
  const traceparent = text("traceparent");
  return {
    specversion: "1.0",
    id: message.message_id,
    source: text("source") ?? "/seamcut",
    type: message.type,
    time: text("time") ?? new Date(0).toISOString(),
    datacontenttype: text("datacontenttype") ?? "application/json",
    ...(partitionkey !== undefined && { partitionkey }),
    // Padded, because the sequence extension compares as text.
    sequence: String(message.seq).padStart(20, "0"),
    ...(traceparent !== undefined && { traceparent }),
    data: message.payload,
  };
}
