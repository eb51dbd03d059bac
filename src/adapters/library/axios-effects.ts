import { defineEffects } from "../contract.ts";
import { httpEffect, isMethod } from "../http-verb.ts";

/** axios, its instances, and NestJS's `HttpService`: the method is a member or an option. */
export const axiosEffects = defineEffects({
  name: "axios",
  packages: ["axios", "@nestjs/axios", "nestjs-http-promise", "redaxios"],
  effectOf(call) {
    const { path } = call.target;
    // Defaults, interceptors and helpers set up the instance.
    if (path.some((step) => /^(interceptors|defaults)$/.test(step))) return null;
    if (isMethod(call.member)) return httpEffect(call.member);
    const isCalled =
      path.length === 0 ? call.member === "axios" || call.member === "default" : path[path.length - 1] === "()";
    const isRequest = call.member === "request" || call.member === "axiosRef" || isCalled;
    return isRequest ? httpEffect(call.options.method, call.discarded) : null;
  },
});
