import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

const effectOf = byMember(
  {
    publish: names("addJob addJobs addJobAdhoc quickAddJob"),
    write: names("completeJobs permanentlyFailJobs rescheduleJobs forceUnlockWorkers cleanup"),
    read: names("getQueueNames"),
  },
  { label: "queue", external: true },
);

/** Graphile Worker keeps its jobs in Postgres; its functions use a pool of their own. In SQL, `add_job` is the caller's. */
export const graphileWorkerEffects = defineEffects({
  name: "graphile-worker",
  packages: ["graphile-worker", "nestjs-graphile-worker"],
  effectOf,
});
