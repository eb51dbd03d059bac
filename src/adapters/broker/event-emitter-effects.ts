import { defineEffects } from "../contract.ts";

/** Emitters in the process: whoever listens runs at once, within the caller's transaction. */
export const eventEmitterEffects = defineEffects({
  name: "event-emitters",
  packages: [
    "events",
    "@nestjs/event-emitter",
    "eventemitter2",
    "eventemitter3",
    "mitt",
    "emittery",
    "nanoevents",
    "tiny-emitter",
    "tiny-typed-emitter",
    "typed-emitter",
    "strict-event-emitter",
    "strict-event-emitter-types",
    "ts-events",
  ],
  effectOf(call) {
    return /^(emit|emitAsync|emitSerial)$/.test(call.member)
      ? { effect: "write", label: "bus", publishes: true }
      : null;
  },
});
