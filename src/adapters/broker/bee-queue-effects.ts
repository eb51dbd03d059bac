import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** Bee-Queue: a job is made first and queued by `save`. */
export const beeQueueEffects = defineEffects({
  name: "bee-queue",
  packages: ["bee-queue"],
  effectOf: byMember(
    {
      publish: names("save saveAll"),
      write: names("removeJob remove retry destroy reportProgress"),
      read: names("getJob getJobs checkHealth"),
    },
    { label: "queue", external: true },
  ),
});
