import { a } from "./a";
import { b } from "./b"; // why

export const c = a + b;
