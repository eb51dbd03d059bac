import { emit, decide } from "./seamcut";

export const c = emit;
