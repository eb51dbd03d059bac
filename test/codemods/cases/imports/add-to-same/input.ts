import { emit } from "./seamcut";

export const c = emit;
