import { defineEffects } from "../contract.ts";

/** Messages to connected clients. They are gone when they are sent, whatever becomes of the transaction. */
export const websocketEffects = defineEffects({
  name: "websockets",
  packages: [
    "socket.io",
    "@socket.io/*",
    "@nestjs/websockets",
    "@nestjs/platform-socket.io",
    "ws",
    "pusher",
    "ably",
    "centrifuge",
  ],
  effectOf(call) {
    const isSent = /^(emit|emitWithAck|send|write|trigger|triggerBatch|publish|serverSideEmit)$/.test(call.member);
    return isSent ? { effect: "write", label: "socket", publishes: true, external: true } : null;
  },
});
