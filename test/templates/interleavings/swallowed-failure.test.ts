import { expect } from "vitest";
import { on } from "#seamcut/handlers";
import { consumerOf, effects, orderPlaced, subscribe, writeEffect } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("a handler whose callee swallows a failure of the database", (suite, test) => {
  // PostgreSQL refuses whatever comes after a failed statement; MySQL rolls back for a deadlock, and goes on.
  const failure = () => (suite.database.url.startsWith("mysql") ? "ROLLBACK" : "SELECT 1 / 0");

  test("is tried again: neither half of its work is done, nor its message", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    let tries = 0;
    const handler = on(orderPlaced, async (payload, { tx }) => {
      await writeEffect(tx, "first half", payload);
      if (++tries === 1) await tx.query(failure()).catch(() => undefined);
      await writeEffect(tx, "second half", payload).catch(() => undefined);
    });
    suite.shop.consumers.push(consumerOf("stock", [handler]));
    await suite.place("o1");
    await suite.deliver();
    await suite.makeDue();
    await suite.deliver();
    // Naive, a mark in whatever transaction there is by then: the second half alone, and the message is done.
    expect((await effects(suite.database)).map((row) => row.consumer)).toEqual(["first half", "second half"]);
    expect(tries).toBe(2);
    expect(suite.alarms()).toEqual(["handler-failed"]);
  });
});
