import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

const effectOf = byMember(
  {
    publish: names(`send sendAfter sendThrottled sendDebounced sendOnce sendSingleton insert publish publishAfter`),
    write: names(`schedule unschedule cancel resume retry complete fail touch fetch deleteJob deleteJobs
      deleteQueuedJobs deleteStoredJobs deleteAllJobs createQueue updateQueue deleteQueue purgeQueue subscribe
      unsubscribe clearStorage maintain redrive`),
    read: names(`getJobById findJobs getQueue getQueues getQueueSize getQueueStats getSchedules isInstalled
      schemaVersion`),
  },
  { label: "queue", external: true },
);

/** pg-boss keeps its jobs in Postgres, over a connection of its own unless it is handed one: `{ db }`. */
export const pgBossEffects = defineEffects({
  name: "pg-boss",
  packages: ["pg-boss", "@wavezync/nestjs-pgboss"],
  effectOf(call) {
    const found = effectOf(call);
    return found && call.options.db !== undefined ? { ...found, external: false } : found;
  },
});
