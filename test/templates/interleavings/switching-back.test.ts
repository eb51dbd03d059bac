import { expect } from "vitest";
import { decide } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { setMode } from "#seamcut/ops";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe, writeEffect } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("switching back to the direct call", (suite, test) => {
  /** A caller in the dual stage: `step` 1 places the order, 2 cancels it. */
  const business = async (orderId: string, step: number) => {
    const decision = await decide(orderPlaced, orderId);
    await suite.inTransaction(async (manager) => {
      if (decision.calls("stock")) await writeEffect(manager, "stock", { orderId, step });
      await emit(manager, orderPlaced({ orderId, step }), decision);
    });
  };
  const steps = async (orderId: string) =>
    (await effects(suite.database)).filter((row) => row.order_id === orderId).map((row) => row.step);

  test("lets no direct call overtake what still waits for the handler", async () => {
    suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
    await subscribe(suite.database, "stock", "migrating", "event");
    await business("naive", 1);
    // Naive: straight back, which `setMode` refuses. The cancellation runs before the order: stock leaks.
    await subscribe(suite.database, "stock", "migrating", "call");
    await business("naive", 2);
    await suite.deliver();
    expect(await steps("naive")).toEqual([2, 1]);

    await subscribe(suite.database, "stock", "migrating", "event");
    await business("o1", 1);
    const { database } = suite.shop.runtime;
    await expect(setMode(database, "stock", orderPlaced.type, "call")).rejects.toThrow("draining");
    await setMode(database, "stock", orderPlaced.type, "draining");
    await business("o1", 2);
    await business("o2", 1);
    await suite.deliver();
    expect(await steps("o1")).toEqual([1, 2]);
    await setMode(database, "stock", orderPlaced.type, "call");
    await business("o1", 3);
    expect(await steps("o1")).toEqual([1, 2, 3]);
    expect(await steps("o2")).toEqual([1]);
  });
});
