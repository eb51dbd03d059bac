import { defineEffects } from "../contract.ts";

/** NestJS's client of another service: `emit` tells it something, `send` asks it and waits for the answer. */
export const nestMicroservicesEffects = defineEffects({
  name: "nest-microservices",
  packages: ["@nestjs/microservices"],
  effectOf(call) {
    if (call.member === "emit") return { effect: "write", label: "broker", publishes: true, external: true };
    return call.member === "send" ? { effect: "write", label: "broker", external: true } : null;
  },
});
