import { randomUUID } from "node:crypto";
import { type JsonSchema, validate } from "./schema";

/** What a module promises to others about one kind of event. Named for what happened, in the producer's words. */
export interface EventContract<P> {
  /** `orders.order-placed`: producer, then what happened. */
  readonly type: string;
  readonly version: number;
  readonly schema: JsonSchema;
  /** False where events of this kind have no order among themselves. */
  readonly keyed: boolean;
  /** Id of the thing that changed: events of one key are delivered in the order of their commits. Null: no order. */
  keyOf(payload: P): string | null;
  /** `key` takes a lock per key; `row` relies on the caller having locked the changed row already. */
  readonly ordering: "key" | "row";
  /** What is wrong with a payload, as `path: problem`; empty when it is valid. */
  problems(payload: unknown): readonly string[];
}

export interface SeamcutEvent<P = unknown> {
  readonly contract: EventContract<P>;
  readonly id: string;
  /** When it happened, ISO 8601. */
  readonly time: string;
  readonly payload: P;
}

/** A contract is also the function that makes its events: `orderPlaced({ orderId })`. */
export type EventFactory<P> = EventContract<P> & ((payload: P) => SeamcutEvent<P>);

export interface EventDefinition<P> {
  readonly type: string;
  readonly version: number;
  readonly schema: JsonSchema;
  readonly key?: (payload: P) => string;
  readonly ordering?: "key" | "row";
}

export function defineEvent<P>(definition: EventDefinition<P>): EventFactory<P> {
  const key = definition.key;
  const contract: EventContract<P> = {
    type: definition.type,
    version: definition.version,
    schema: definition.schema,
    ordering: definition.ordering ?? "key",
    keyed: key !== undefined,
    keyOf: (payload) => (key ? key(payload) : null),
    problems: (payload) => validate(definition.schema, payload),
  };
  const create = (payload: P): SeamcutEvent<P> => ({
    contract,
    id: randomUUID(),
    time: new Date().toISOString(),
    payload,
  });
  return Object.assign(create, contract);
}
