import {
  defineEvent,
  emitAlone,
  emit,
  decide,
} from "./seamcut";

export const c = [defineEvent, emitAlone];
