/** A connection that is opened when it is needed, used again, and forgotten when it is gone. */
export interface KeptOpen<T> {
  get(): Promise<T>;
  /** Nothing is known of the connection any more: the next use gets a new one. */
  reset(): void;
  close(): Promise<void>;
}

/** `gone` resolves when the connection has ended by itself; `end` ends it. */
export function keptOpen<T>(
  open: () => Promise<T>,
  gone: (opened: T) => Promise<unknown>,
  end: (opened: T) => unknown,
): KeptOpen<T> {
  let opening: Promise<T> | null = null;
  const reset = () => {
    const former = opening;
    opening = null;
    // What failed to open, or is closed already, needs no end.
    former?.then(end).catch(() => undefined);
  };
  return {
    get() {
      if (opening) return opening;
      const mine = open();
      const forget = () => {
        if (opening === mine) opening = null;
      };
      mine.then((opened) => gone(opened).then(forget, forget), forget);
      opening = mine;
      return mine;
    },
    reset,
    async close() {
      const opened = await opening?.catch(() => null);
      opening = null;
      if (opened) await end(opened);
    },
  };
}
