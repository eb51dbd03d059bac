import {
  defineEvent,
  emitAlone,
} from "./seamcut";

export const c = [defineEvent, emitAlone];
