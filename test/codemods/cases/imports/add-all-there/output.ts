import { decide, emit } from "./seamcut";

export const c = [decide, emit];
