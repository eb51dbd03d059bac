export { defineEvent, type EventContract, type EventFactory, type SeamcutEvent } from "./contract";
export { type Decision, decide, EVENT } from "./decide";
export { EmitError, emit, emitAll } from "./emit";
export { emitAlone } from "./emit-alone";
export { type CloudEvent, toCloudEvent } from "./envelope";
export { type Consumer, type Handler, type HandlerContext, on } from "./handlers";
export { alarmCounts, type Hooks } from "./runtime";
export type { JsonSchema } from "./schema";
