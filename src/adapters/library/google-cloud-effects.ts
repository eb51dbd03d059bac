import { defineEffects, type LibraryCall } from "../contract.ts";
import { givenTo } from "../entity-names.ts";
import { names } from "../members.ts";
import { remoteVerb } from "../shape/remote-verb.ts";
import { sqlEffect } from "../sql-effect.ts";

const PUBLISHES = names("publishMessage publishJSON publish createTask");
const BUILDS = names(
  "bucket file topic subscription table dataset collection doc batch queuePath secretVersionPath getSignedUrl",
);
const WRITES = names(
  "set add commit move copy rename makePublic makePrivate setMetadata setCorsConfiguration insert write load ack nack",
);

/** Google Cloud's libraries: storage, Pub/Sub, Firestore, BigQuery, Tasks, Secret Manager. Logs and traces are none. */
export const googleCloudEffects = defineEffects({
  name: "google-cloud",
  packages: ["@google-cloud/*"],
  effectOf(call) {
    const service = call.target.package.split("/")[1] ?? "";
    if (/logging|trace|profiler|error-reporting|debug|monitoring/.test(service)) return null;
    if (BUILDS.includes(call.member) || call.target.path.length === 0) return null;
    if (/^(bigquery|spanner)$/.test(service) && /^(query|run|createQueryJob|createQueryStream)$/.test(call.member)) {
      return { ...sqlEffect(call, call.discarded ? "write" : "read"), external: true };
    }
    const label = labelOf(call, service);
    if (PUBLISHES.includes(call.member)) return { effect: "write", label, publishes: true, external: true };
    if (WRITES.includes(call.member)) return { effect: "write", label, external: true };
    const effect = call.member === "accessSecretVersion" ? "read" : remoteVerb(call.member);
    return effect && { effect, label, external: true };
  },
});

const LABELS: Readonly<Record<string, string>> = {
  pubsub: "topic",
  storage: "storage",
  tasks: "queue",
  "secret-manager": "secrets",
};

function labelOf(call: LibraryCall, service: string): string {
  return (
    givenTo(call.chain, ["collection", "table"]) ||
    givenTo(call.chain, ["doc"]).split("/")[0] ||
    LABELS[service] ||
    service
  );
}
