import { expect } from "vitest";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { consumerOf, effects, orderPlaced, recordingHandler, subscribe, writeEffect } from "../shop-events.ts";
import { onEachServer } from "../suite.ts";

onEachServer("a message without a decision", (suite, test) => {
  /** Code from before the cut: it emits for others, and still calls `mailing`. */
  const oldProducer = (orderId: string) =>
    suite.inTransaction(async (manager) => {
      await writeEffect(manager, "mailing", { orderId, step: 1 });
      await emit(manager, orderPlaced({ orderId, step: 1 }));
    });
  const orders = async () => (await effects(suite.database)).map((row) => row.order_id);

  test("is the direct call's for a consumer that is migrating, wherever the switch stands", async () => {
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    // Naive: an absent decision is the handler's, as it is for a native consumer. It acts a second time.
    await subscribe(suite.database, "mailing", "native", "event");
    await oldProducer("twice");
    await suite.deliver();
    expect(await orders()).toEqual(["twice", "twice"]);
    await subscribe(suite.database, "mailing", "migrating", "event");
    await oldProducer("once");
    await suite.deliver();
    expect(await orders()).toEqual(["twice", "twice", "once"]);
  });

  test("would be nobody's after the cleanup: that code says `event`, whatever the consumer's row says", async () => {
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await subscribe(suite.database, "mailing", "migrating", "call");
    // Naive: code without a call emits without a decision.
    await suite.inTransaction((manager) => emit(manager, orderPlaced({ orderId: "never", step: 1 })));
    await suite.inTransaction((manager) => emit(manager, orderPlaced({ orderId: "handled", step: 1 }), EVENT));
    await suite.deliver();
    expect(await orders()).toEqual(["handled"]);
  });
});
