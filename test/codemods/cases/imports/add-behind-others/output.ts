import { a } from "./a";
import { b } from "./b"; // why
import { emit, decide } from "./seamcut";

export const c = a + b;
