import type { EventContract } from "./contract";

export interface HandlerContext {
  /** The ORM's handle to the transaction that also marks the message as handled. Undefined for external effects. */
  readonly tx: any;
  /** The same on every delivery: the idempotency key for effects outside the database. */
  readonly messageId: string;
  readonly type: string;
  readonly key: string;
  /** 1 on the first delivery. */
  readonly attempt: number;
  readonly traceparent: string | undefined;
}

export interface Handler {
  readonly contract: EventContract<any>;
  handle(payload: any, context: HandlerContext): Promise<void>;
}

/** What one module does about events. One consumer per module and key space, so that its events keep their order. */
export interface Consumer {
  /** Stable id: it is part of what was handled already. */
  readonly consumer: string;
  /** `database`: the handler runs in a transaction with its mark. `external`: mail, HTTP; at least once. */
  readonly effects: "database" | "external";
  /** After the last attempt: hold the key and alarm, or set the message aside and go on. */
  readonly onExhausted: "block" | "dead-letter";
  readonly maxAttempts?: number;
  readonly handlers: readonly Handler[];
}

/** Binds a contract to what is done about it. */
export function on<P>(
  contract: EventContract<P>,
  handle: (payload: P, context: HandlerContext) => Promise<void>,
): Handler {
  return { contract, handle };
}
