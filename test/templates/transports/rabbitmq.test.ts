import { randomUUID } from "node:crypto";
import { type Channel, type ChannelModel, connect } from "amqplib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rabbitmq } from "#seamcut/rabbitmq/transport";
import type { WireEvent } from "#seamcut/wire";
import { isThere, type TestBroker } from "./brokers.ts";
import { describeTransport } from "./suite.ts";

const url = (port: number) => `amqp://guest:guest@127.0.0.1:${port}`;

const RABBITMQ: TestBroker = {
  name: "rabbitmq",
  port: 5672,
  url,
  transport: (port, prefix, options = {}) => rabbitmq({ url: url(port), prefix, ...options }),
  async cleanUp(prefix, consumers) {
    const connection = await connect(url(5672));
    const channel = await connection.createChannel();
    for (const consumer of consumers) {
      await channel.deleteQueue(`${prefix}.${consumer}`);
      await channel.deleteQueue(`${prefix}.${consumer}.dead`);
    }
    await channel.deleteExchange(prefix);
    await channel.deleteExchange(`${prefix}.dead`);
    await connection.close();
  },
};

await describeTransport(RABBITMQ);

describe.skipIf(!(await isThere(RABBITMQ.name, RABBITMQ.port)))("what RabbitMQ alone does", () => {
  const prefix = `seamcut-test-${randomUUID().slice(0, 8)}`;
  const transport = RABBITMQ.transport(RABBITMQ.port, prefix);
  const foreign = { consumers: ["mailing"], event: { id: "1", type: "orders.order-placed" } as WireEvent };
  let connection: ChannelModel;
  let channel: Channel;

  beforeAll(async () => {
    connection = await connect(url(RABBITMQ.port));
    channel = await connection.createChannel();
  });
  afterAll(async () => {
    await transport.close();
    await connection.close();
    await RABBITMQ.cleanUp(prefix, ["mailing"]);
  });

  it("a rejected message is kept in the dead queue", async () => {
    await transport.publish([foreign]);
    const session = await transport.subscribe("mailing", async () => "rejected");
    await vi.waitFor(async () => {
      const message = await channel.get(`${prefix}.mailing.dead`, { noAck: true });
      expect(message && JSON.parse(message.content.toString())).toEqual(foreign.event);
    });
    await session.stop();
  });

  it("a queue that somebody has deleted is noticed, and made again by the next attempt", async () => {
    await transport.publish([foreign]);
    await channel.deleteQueue(`${prefix}.mailing`);
    await expect(transport.publish([foreign])).rejects.toThrow("no queue took 1");
    transport.reset();
    await transport.publish([foreign]);
    expect((await channel.checkQueue(`${prefix}.mailing`)).messageCount).toBe(1);
  });

  it("a session ends when its queue is deleted", async () => {
    const session = await transport.subscribe("mailing", async () => "accepted");
    await channel.deleteQueue(`${prefix}.mailing`);
    await session.closed;
    await session.stop();
  });
});
