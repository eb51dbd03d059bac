import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { decide } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { orderPlaced, subscribe } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("a call that stood outside the transaction", (suite, test) => {
  /** Resolves for all once as many have come as there are connections. */
  const barrier = () => {
    let here = 0;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return () => {
      if (++here === suite.database.poolSize) open();
      return opened;
    };
  };
  const callee = (orderId: string) =>
    suite.sql("INSERT INTO effect (consumer, order_id, step) VALUES ('call', ?, 1)", [orderId]);
  const requests = (work: (orderId: string) => Promise<void>) =>
    Array.from({ length: suite.database.poolSize }, (_, index) => work(`o${index}`));

  test("starves nobody of connections, since the decision is known before the transaction", async () => {
    await subscribe(suite.database, "mailing", "migrating", "call");
    const all = barrier();
    await Promise.all(
      requests(async (orderId) => {
        const decision = await decide(orderPlaced, orderId);
        await suite.inTransaction(async (manager) => {
          await suite.write(manager, orderId, 1);
          await all();
          await emit(manager, orderPlaced({ orderId, step: 1 }), decision);
        });
        if (decision.calls("mailing")) await callee(orderId);
      }),
    );
    expect(await suite.count("effect")).toBe(suite.database.poolSize);
    expect(await suite.count("seamcut_outbox")).toBe(suite.database.poolSize);
  });

  test("would starve all of them inside of it", async () => {
    // Naive: the call is dragged to where its event is recorded. Each holds a connection and waits for one more.
    const all = barrier();
    let called = 0;
    let giveUp: () => void = () => undefined;
    const given = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(new Error("gave up"));
    });
    const stuck = requests((orderId) =>
      suite.inTransaction(async (manager) => {
        await suite.write(manager, orderId, 1);
        await all();
        const call = callee(orderId).then(() => called++);
        await Promise.race([call, given]);
      }),
    );
    const outcome = Promise.allSettled(stuck);
    await all();
    await sleep(300);
    expect(called).toBe(0);
    giveUp();
    expect((await outcome).every((one) => one.status === "rejected")).toBe(true);
  });
});
