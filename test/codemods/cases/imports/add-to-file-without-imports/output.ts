import { emit, decide } from "./seamcut";

/** Counts. */
export const c = 1;
