import { CloudEvent, HTTP } from "cloudevents";
import { describe, expect, it } from "vitest";
import { fromWire, type Message, toWire } from "#seamcut/wire";

const MESSAGE: Message = {
  message_id: "0b6f2a52-9f0f-4a3e-8a54-6f0a3a1c2b3d",
  type: "orders.order-placed",
  partition_key: "orders/o/1 ü",
  seq: "42",
  payload: { orderId: "o/1 ü", total: 12.5, at: "2026-01-02T03:04:05.678Z" },
  headers: {
    specversion: "1.0",
    source: "/seamcut/orders",
    time: "2026-01-02T03:04:05.678Z",
    datacontenttype: "application/json",
    version: 3,
    partitionkey: "o/1 ü",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    decision: { mailing: "event", "*": "call" },
  },
  versions: { mailing: 7, reporting: null },
  skipped: false,
};

describe("messages on the wire", () => {
  it.each([
    ["with a key", MESSAGE],
    [
      "without one",
      {
        ...MESSAGE,
        partition_key: `orders/${MESSAGE.message_id}`,
        headers: {
          specversion: "1.0",
          source: "/seamcut/orders",
          time: "2026-01-02T03:04:05.678Z",
          datacontenttype: "application/json",
          version: 1,
        },
      },
    ],
    ["standing for one that was refused", { ...MESSAGE, payload: null, skipped: true }],
  ])("%s, are CloudEvents by the reference implementation, and come back as they were", (_, message) => {
    const wire = toWire(message);
    // Its constructor validates attributes and names of extensions against the specification.
    expect(new CloudEvent({ ...wire }, true).validate()).toBe(true);
    const read = HTTP.toEvent({
      headers: { "content-type": "application/cloudevents+json" },
      body: JSON.stringify(wire),
    }) as CloudEvent;
    expect([read.id, read.source, read.type, read.data ?? null]).toEqual([
      message.message_id,
      message.headers.source,
      message.type,
      message.payload,
    ]);
    for (const [name, value] of Object.entries(wire)) {
      if (name === "data") continue;
      expect(name).toMatch(/^[a-z0-9]{1,20}$/);
      expect(value).toBeTypeOf("string");
    }
    expect(fromWire(JSON.stringify(wire))).toEqual(message);
  });

  it.each([
    ["nothing", "null", "no CloudEvents 1.0 event"],
    ["no JSON", "hello", "JSON"],
    ["another version", JSON.stringify({ ...toWire(MESSAGE), specversion: "0.3" }), "no CloudEvents 1.0 event"],
    ["an id that no inbox can hold", JSON.stringify({ ...toWire(MESSAGE), id: "7" }), "no UUID"],
    ["no type", JSON.stringify({ ...toWire(MESSAGE), type: undefined }), "no type"],
    ["no sequence", JSON.stringify({ ...toWire(MESSAGE), sequence: "a" }), "no sequence"],
    ["no consumers", JSON.stringify({ ...toWire(MESSAGE), seamcutkeyversions: undefined }), "names no consumers"],
  ])("%s is refused", (_, body, problem) => {
    expect(() => fromWire(body)).toThrow(problem);
  });
});
