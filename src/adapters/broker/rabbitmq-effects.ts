import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** RabbitMQ: amqplib, its managed connections, NestJS's module. Declaring queues and bindings is wiring. */
export const rabbitmqEffects = defineEffects({
  name: "rabbitmq",
  packages: [
    "amqplib",
    "amqp-connection-manager",
    "@golevelup/nestjs-rabbitmq",
    "rabbitmq-client",
    "amqp-ts",
    "@cloudamqp/amqp-client",
  ],
  effectOf: byMember(
    {
      publish: names("publish sendToQueue basicPublish"),
      // A request waits for its answer; `get` takes a message off its queue.
      write: names("request get ack ackAll nack nackAll reject purgeQueue deleteQueue deleteExchange"),
      read: names("checkQueue checkExchange"),
    },
    { label: "broker", external: true },
  ),
});
