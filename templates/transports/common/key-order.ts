import type { Message } from "./wire";

export interface Sorted {
  /** To be put into the inbox, where ids tell duplicates. */
  readonly placed: readonly Message[];
  /** Have to wait for an earlier one of their key. */
  readonly early: readonly Message[];
  /** Up to which number all messages of a key have been received. */
  readonly reached: Map<string, number>;
}

/**
 * What may go into a consumer's inbox, when `received` says how far each key has come. A message with a number that
 * was passed already is placed all the same: numbers keep the order, ids tell duplicates.
 */
export function sortOut(consumer: string, messages: readonly Message[], received: ReadonlyMap<string, number>): Sorted {
  const placed: Message[] = [];
  const early: Message[] = [];
  const reached = new Map(received);
  const number = (message: Message) => message.versions[consumer] ?? null;
  for (const message of [...messages].sort((a, b) => (number(a) ?? 0) - (number(b) ?? 0))) {
    const version = number(message);
    const next = (reached.get(message.partition_key) ?? 0) + 1;
    if (version !== null && version > next) early.push(message);
    else {
      if (version === next) reached.set(message.partition_key, next);
      if (!message.skipped) placed.push(message);
    }
  }
  return { placed, early, reached };
}

/** Keys in which the consumer's messages have numbers, each once and in one order, so that two processes cannot block each other. */
export function numberedKeys(consumer: string, messages: readonly Message[]): string[] {
  const keys = messages.filter(({ versions }) => typeof versions[consumer] === "number");
  return [...new Set(keys.map(({ partition_key }) => partition_key))].sort();
}
