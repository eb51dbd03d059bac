import { defineEffects } from "../contract.ts";
import { lookUpMember, names } from "../members.ts";

const MEMBERS = {
  write: names(`set mset setMany del mdel delete deleteMany take reset clear store flushAll flushStats evict invalidate
    prune purgeStale ttl`),
  read: names(`get mget getMany getTtl keys values entries has exists peek iterator dump size fetch`),
};

/** Caches with get and set. What fills itself while it is read (`wrap`, `fetch`) reads, as a memo does. */
export const cacheEffects = defineEffects({
  name: "caches",
  packages: [
    "cache-manager",
    "cache-manager-*",
    "@nestjs/cache-manager",
    "keyv",
    "@keyv/*",
    "cacheable",
    "lru-cache",
    "node-cache",
    "memory-cache",
    "flat-cache",
    "quick-lru",
    "memcached",
    "memjs",
  ],
  effectOf(call) {
    if (call.member === "wrap") return { effect: "read", label: "cache", external: true };
    const effect = lookUpMember(MEMBERS, call.member);
    return effect && { effect, label: "cache", external: true };
  },
});
