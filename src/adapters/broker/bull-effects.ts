import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** Bull and BullMQ: queues, flows and jobs. */
export const bullEffects = defineEffects({
  name: "bull",
  packages: ["bull", "bullmq", "@nestjs/bull", "@nestjs/bullmq", "@nestjs/bull-shared", "@taskforcesh/bullmq-pro"],
  effectOf: byMember(
    {
      publish: names("add addBulk"),
      write: names(`remove removeJobs removeRepeatable removeRepeatableByKey removeDeduplicationKey removeOrphanedJobs
        empty clean drain obliterate pause resume retryJobs promoteJobs upsertJobScheduler removeJobScheduler
        setGlobalConcurrency promote retry moveToFailed moveToCompleted moveToDelayed moveToWaitingChildren progress
        updateProgress update updateData changeDelay changePriority discard extendLock releaseLock`),
      read: names(`getJob getJobs getJobState getJobCounts getJobCountByTypes getJobLogs getJobScheduler getJobSchedulers
        getRepeatableJobs getWaiting getWaitingCount getActive getActiveCount getFailed getFailedCount getCompleted
        getCompletedCount getDelayed getDelayedCount getPrioritized getMetrics getWorkers getState isFailed isCompleted
        isActive isDelayed isWaiting isPaused finished waitUntilFinished count getChildrenValues getDependencies
        getFlow`),
    },
    { label: "queue", external: true },
  ),
});
