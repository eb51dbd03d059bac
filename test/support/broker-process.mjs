/**
 * A process that relays to a broker with the emitted runtime, for tests that kill it:
 * `node broker-process.mjs <folder> <database url> <broker's name> <broker's url> <prefix> <role>`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { DataSource } from "typeorm";

const [folder, url, name, brokerUrl, prefix, role] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(`${folder}/seamcut/${file}.js`).href);
const [{ overBroker }, { databaseOf }, { register }, { startWorkers }, made] = await Promise.all(
  ["broker", "orm", "runtime", "workers", "transport"].map(load),
);
const dataSource = await new DataSource({ type: "postgres", url, extra: { max: 4 } }).initialize();
const say = (word) => process.stdout.write(`${word}\n`);
const runtime = register({ database: databaseOf(dataSource), consumers: () => [], hooks: { alarm: say } });
const transport = made[name]({ url: brokerUrl, prefix });
const forEver = new Promise(() => undefined);

const roles = {
  /** Publishes, with the broker's confirmation, and never comes to delete. */
  "publish-only": {
    ...transport,
    async publish(messages) {
      await transport.publish(messages);
      say(`published ${messages.length}`);
      await forEver;
    },
  },
  /** Stands still between reading the outbox and publishing, and then publishes whatever the relay thinks of it. */
  "slow-publish": {
    ...transport,
    reset: () => undefined,
    async publish(messages) {
      say("middle");
      await sleep(300);
      const refused = await transport.publish(messages);
      say(`published ${messages.length}`);
      return refused;
    },
  },
  relay: transport,
};

startWorkers(runtime, { leaseMs: 700, idleMs: 20, batch: 7, route: overBroker(roles[role]) });
say("ready");
