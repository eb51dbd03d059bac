/** Counts. */
export const c = 1;
