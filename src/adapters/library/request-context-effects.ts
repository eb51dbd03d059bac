import { defineEffects } from "../contract.ts";

/** What belongs to the running request, reached without being handed over. A handler of an event does not have it. */
export const requestContextEffects = defineEffects({
  name: "request-context",
  packages: [
    "nestjs-cls",
    "async_hooks",
    "express-http-context",
    "cls-hooked",
    "nestjs-i18n",
    "@fastify/request-context",
    "continuation-local-storage",
  ],
  effectOf(call) {
    const isAccess = /^(get|getStore|current|getId|isActive|has)$/.test(call.member);
    return isAccess ? { effect: "none", label: "", request: true } : null;
  },
});
