import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** Locks over several processes. Taking one is never mere reading, and it refuses whoever comes second. */
export const redlockEffects = defineEffects({
  name: "redlock",
  packages: ["redlock", "async-redis-lock", "@microfleet/ioredis-lock", "@sesamecare-oss/redlock"],
  effectOf: byMember(
    { write: names("acquire lock using withLock extend release unlock quit") },
    { label: "lock", external: true },
  ),
});
