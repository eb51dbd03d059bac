import { defineEffects } from "../contract.ts";

/** NestJS's buses. A command bus answers; what its handler does is not visible from here. */
export const nestCqrsEffects = defineEffects({
  name: "nest-cqrs",
  packages: ["@nestjs/cqrs"],
  effectOf(call) {
    if (/^(publish|publishAll|commit)$/.test(call.member)) return { effect: "write", label: "bus", publishes: true };
    if (call.member !== "execute") return null;
    return { effect: /query/i.test(call.target.export) ? "read" : "write", label: "bus" };
  },
});
