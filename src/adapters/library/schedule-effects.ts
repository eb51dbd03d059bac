import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** Timers and cron jobs that the process keeps: they are gone when it ends. */
export const scheduleEffects = defineEffects({
  name: "schedules",
  packages: ["@nestjs/schedule", "cron", "node-cron", "node-schedule", "croner", "toad-scheduler", "bree"],
  effectOf: byMember(
    {
      write: names(`addCronJob addInterval addTimeout deleteCronJob deleteInterval deleteTimeout scheduleJob
        rescheduleJob cancelJob schedule addSimpleIntervalJob addCronJob removeById stopById setTime`),
      read: names(
        "getCronJob getCronJobs getInterval getIntervals getTimeout getTimeouts doesExist scheduledJobs getTasks",
      ),
    },
    { label: "schedule", external: true },
  ),
});
