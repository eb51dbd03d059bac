import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { on } from "#seamcut/handlers";
import { handleDue } from "#seamcut/inbox";
import { relay } from "#seamcut/relay";
import { consumerOf, orderPlaced, subscribe } from "../shop-events.ts";
import { INBOX, onEachServer, RELAY } from "../suite.ts";

onEachServer("effects outside the database", (suite, test) => {
  const openTransactions = async () =>
    Number((await suite.sql<{ n: string | number }>(suite.database.openTransactions))[0]?.n);

  test("keep no transaction open, however long the mail takes", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const seen: Record<string, number> = {};
    const handler = on(orderPlaced, async (payload) => {
      // MariaDB takes a new look at its transactions no more than ten times a second.
      await sleep(150);
      seen[payload.orderId] = await openTransactions();
    });
    await suite.place("outside");
    await relay(suite.shop.runtime, RELAY);
    await handleDue(suite.shop.runtime, consumerOf("mailing", [handler], { effects: "external" }), INBOX);
    // Naive: in the transaction of the mark, which fails after the mail went out when that took too long.
    await suite.place("inside");
    await relay(suite.shop.runtime, RELAY);
    await handleDue(suite.shop.runtime, consumerOf("mailing", [handler], { effects: "database" }), INBOX);
    expect(seen).toEqual({ outside: 0, inside: 1 });
  });

  test("carry the same id on each try", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const tries: string[] = [];
    const handler = on(orderPlaced, async (_payload, { messageId }) => {
      tries.push(messageId);
      if (tries.length < 3) throw new Error("the connection broke; who knows whether the mail went out");
    });
    suite.shop.consumers.push(consumerOf("mailing", [handler], { effects: "external", maxAttempts: 5 }));
    await suite.place("o1");
    for (let round = 0; round < 3; round++) {
      await suite.deliver();
      await suite.makeDue();
    }
    expect(tries).toHaveLength(3);
    expect(new Set(tries).size).toBe(1);
  });
});
