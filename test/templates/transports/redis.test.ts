import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, describe, expect, it, vi } from "vitest";
import { redis } from "#seamcut/redis/transport";
import type { WireEvent } from "#seamcut/wire";
import { isThere, type TestBroker } from "./brokers.ts";
import { describeTransport } from "./suite.ts";

const url = (port: number) => `redis://127.0.0.1:${port}`;

const REDIS: TestBroker = {
  name: "redis",
  port: 6379,
  url,
  transport: (port, prefix, options = {}) => redis({ url: url(port), prefix, ...options }),
  async cleanUp(prefix, consumers) {
    const connection = new Redis(url(6379));
    for (const consumer of consumers) await connection.del(`${prefix}:${consumer}`, `${prefix}:${consumer}:dead`);
    await connection.quit();
  },
};

await describeTransport(REDIS);

describe.skipIf(!(await isThere(REDIS.name, REDIS.port)))("what Redis alone does", () => {
  const prefix = `seamcut-test-${randomUUID().slice(0, 8)}`;
  const event = (id: string) => ({ consumers: ["mailing"], event: { id, type: "orders.order-placed" } as WireEvent });
  const connection = new Redis(url(REDIS.port));

  afterAll(async () => {
    await connection.quit();
    await REDIS.cleanUp(prefix, ["mailing"]);
  });

  it("what a reader had in hand when it died goes to another one; what was received leaves the stream", async () => {
    const [dying, other] = [0, 1].map(() => redis({ url: url(REDIS.port), prefix, claimAfterMs: 50 }));
    if (!dying || !other) throw new Error("two transports");
    await dying.publish([event("1"), event("2")]);
    const first = await dying.subscribe("mailing", () => Promise.reject(new Error("killed")));
    await first.closed;
    const received: string[] = [];
    const second = await other.subscribe("mailing", async (body) => {
      received.push(JSON.parse(body).id);
      return "accepted";
    });
    await vi.waitFor(() => expect(received.sort()).toEqual(["1", "2"]), { timeout: 20_000 });
    await vi.waitFor(async () => expect(await connection.xlen(`${prefix}:mailing`)).toBe(0));
    await second.stop();
    await Promise.all([dying.close(), other.close()]);
  });

  it("a rejected message is kept in the stream of the dead", async () => {
    const transport = redis({ url: url(REDIS.port), prefix });
    await transport.publish([event("3")]);
    const session = await transport.subscribe("mailing", async () => "rejected");
    await vi.waitFor(async () => {
      const [entry] = await connection.xrange(`${prefix}:mailing:dead`, "-", "+");
      expect(entry?.[1]).toEqual(["event", JSON.stringify(event("3").event)]);
    });
    await session.stop();
    await transport.close();
  });
});
