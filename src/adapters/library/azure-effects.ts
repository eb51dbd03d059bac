import { defineEffects } from "../contract.ts";
import { remoteVerb } from "../shape/remote-verb.ts";

/** Azure's libraries. Clients of blobs, queues and the like are named for what they hold; their verbs say the rest. */
export const azureEffects = defineEffects({
  name: "azure",
  packages: ["@azure/*", "@nestjs/azure-*"],
  effectOf(call) {
    const service = call.target.package.split("/")[1] ?? "";
    if (/identity|logger|core-|monitor|app-configuration/.test(service)) return null;
    if (
      call.target.path.length === 0 ||
      /^get\w*Client$|^(create(Sender|Receiver|Batch)|generateSasUrl)$/.test(call.member)
    )
      return null;
    const label = labelOf(service);
    if (/^(sendMessages?|scheduleMessages|sendBatch|enqueue)$/.test(call.member)) {
      return { effect: "write", label, publishes: true, external: true };
    }
    if (/^(begin|commit|set|stage|sync|abort|start|complete|receive|dequeue)/.test(call.member))
      return { effect: "write", label, external: true };
    const effect = remoteVerb(call.member);
    return effect && { effect, label, external: true };
  },
});

function labelOf(service: string): string {
  if (/blob|file|data-lake/.test(service)) return "storage";
  if (/service-bus|event-hubs|eventgrid|storage-queue/.test(service)) return "queue";
  if (/communication-email/.test(service)) return "mail";
  return /keyvault/.test(service) ? "secrets" : service;
}
