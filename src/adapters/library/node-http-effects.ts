import { defineEffects } from "../contract.ts";
import { httpEffect } from "../http-verb.ts";
import { answers } from "../response.ts";

/** Node's own http and https: requests by `request` and `get`, answers by the response of a server. */
export const nodeHttpEffects = defineEffects({
  name: "node-http",
  packages: ["http", "https", "http2"],
  effectOf(call) {
    if (/Response$/.test(call.target.export)) return answers(call);
    if (call.member === "get") return httpEffect("get");
    return call.member === "request" ? httpEffect(call.options.method, call.discarded) : null;
  },
});
