import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** Kafka clients: kafkajs and those with its interface, Platformatic's, the bindings of librdkafka. */
export const kafkaEffects = defineEffects({
  name: "kafka",
  packages: [
    "kafkajs",
    "@platformatic/kafka",
    "@confluentinc/kafka-javascript",
    "node-rdkafka",
    "@rob3000/nestjs-kafka",
  ],
  effectOf: byMember(
    {
      publish: names("send sendBatch produce"),
      write: names(`createTopics deleteTopics createPartitions deleteTopicRecords deleteGroups alterConfigs createAcls
        deleteAcls setOffsets resetOffsets commitOffsets commit commitSync`),
      read: names(`fetchTopicMetadata fetchTopicOffsets fetchOffsets listTopics listGroups describeGroups
        describeCluster describeConfigs metadata listOffsets`),
    },
    { label: "topic", external: true },
  ),
});
