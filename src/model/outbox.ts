/** What the emitted `ops` file tells of one consumer. */
export interface ConsumerBacklog {
  readonly consumer: string;
  readonly pending: number;
  readonly oldestSeconds: number;
  readonly blockedKeys: number;
  readonly dead: number;
}

/** The first message of a key, which has failed; the key's others wait for it. */
export interface BlockedKey {
  readonly consumer: string;
  readonly key: string;
  readonly messageId: string;
  readonly type: string;
  readonly attempts: number;
  readonly error: string;
}

export interface DeadLetter extends BlockedKey {
  /** `relay`: a broker refused it, before it came to any consumer. */
  readonly stage: string;
  /** ISO 8601. */
  readonly failedAt: string;
}

/** What waits between producers and handlers of one database, as the emitted `status` gives it. */
export interface OutboxStatus {
  readonly outboxPending: number;
  readonly outboxOldestSeconds: number;
  readonly consumers: readonly ConsumerBacklog[];
  readonly blocked: readonly BlockedKey[];
  readonly deadLetters: readonly DeadLetter[];
}
