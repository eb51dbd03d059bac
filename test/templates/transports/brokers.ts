import { connect as connectTcp } from "node:net";
import type { Transport } from "#seamcut/broker";

export interface TestBroker {
  readonly name: string;
  readonly port: number;
  url(port: number): string;
  /** A transport whose names begin with `prefix`, through `port`. */
  transport(port: number, prefix: string, options?: { readonly maxMessageBytes?: number }): Transport;
  /** Takes away what a test with this prefix has left. */
  cleanUp(prefix: string, consumers: readonly string[]): Promise<void>;
}

/** Whether something answers; with SEAMCUT_REQUIRE_SERVICES=1 its absence is a failure, not a reason to skip. */
export async function isThere(name: string, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      const socket = connectTcp({ port, host: "127.0.0.1", timeout: 2000 });
      socket.once("connect", () => {
        socket.destroy();
        resolve();
      });
      socket.once("error", reject);
      socket.once("timeout", () => {
        socket.destroy();
        reject(new Error("no answer"));
      });
    });
    return true;
  } catch (error) {
    if (process.env.SEAMCUT_REQUIRE_SERVICES === "1") throw error;
    process.stderr.write(`skipped: no ${name} on 127.0.0.1:${port}\n`);
    return false;
  }
}
