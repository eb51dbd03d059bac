import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Ends every connection and refuses new ones, as a broker that is down. */
  cut(): void;
  /** Ends every connection; new ones are welcome. */
  drop(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Stands in front of a service that others use too, so that a test can take it away. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((client) => {
    if (!open) return void client.destroy();
    const upstream = connect(target, "127.0.0.1");
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    drop,
    cut() {
      open = false;
      drop();
    },
    restore() {
      open = true;
    },
    async close() {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
