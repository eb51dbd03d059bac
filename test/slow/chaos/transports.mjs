/**
 * How messages get from the outbox to the inboxes; one entry is one `--transport`. `prepare` gives what each process is
 * told under `transport`, `clear` takes away what was made for the run.
 */
export const TRANSPORTS = {
  /** Outbox and inboxes share a database: the relay needs nothing else. */
  database: { prepare: async () => ({ name: "database" }), clear: async () => undefined },
};
