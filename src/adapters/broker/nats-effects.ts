import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** NATS, JetStream and its stores. A request waits for an answer: somebody else works, and it is no publishing. */
export const natsEffects = defineEffects({
  name: "nats",
  packages: ["nats", "@nats-io/*", "ts-nats", "node-nats-streaming"],
  effectOf: byMember(
    {
      publish: names("publish publishMessage respond"),
      write: names(`request requestMany put putString create update delete del purge purgeDeletes purgeStream
        deleteMessage ack ackAck nak term add`),
      read: names("get getString keys history watch status info list names lookup"),
    },
    { label: "subject", external: true },
  ),
});
