/** Prices end in full ten cents. */
export const roundPrice = (cents: number): number => Math.round(cents / 10) * 10;
