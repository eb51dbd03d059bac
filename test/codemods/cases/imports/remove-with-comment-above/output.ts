import { a } from "./a";
// Sends letters.

export const c = a;
