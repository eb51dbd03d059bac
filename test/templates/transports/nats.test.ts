import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { nats } from "#seamcut/nats/transport";
import type { TestBroker } from "./brokers.ts";
import { describeTransport } from "./suite.ts";

const url = (port: number) => `nats://127.0.0.1:${port}`;

const NATS: TestBroker = {
  name: "nats",
  port: 4222,
  url,
  // Without a bound of our own: the server says what it accepts, 1 MiB unless configured.
  transport: (port, prefix) => nats({ url: url(port), prefix }),
  async cleanUp(prefix) {
    const connection = await connect({ servers: url(4222) });
    const manager = await jetstreamManager(connection);
    await manager.streams.delete(prefix);
    await connection.close();
  },
};

await describeTransport(NATS);
