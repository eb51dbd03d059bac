import { expect } from "vitest";
import { emit } from "#seamcut/emit";
import { emitAlone } from "#seamcut/emit-alone";
import { on } from "#seamcut/handlers";
import { deliverEvents, recordEvents } from "#seamcut/testing";
import {
  consumerOf,
  effects,
  orderPlaced,
  orderViewed,
  recordingHandler,
  subscribe,
  writeEffect,
} from "../shop-events.ts";
import { onEachDatabase } from "../suite.ts";

onEachDatabase("testing", (suite, test) => {
  test("deliverEvents delivers what is there, and again what handlers emit", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    const again = on(orderPlaced, async (payload, { tx }) => {
      await writeEffect(tx, "stock", payload);
      if (payload.step < 3) await emit(tx, orderPlaced({ ...payload, step: payload.step + 1 }));
    });
    suite.shop.consumers.push(consumerOf("stock", [again]));
    await emitAlone(orderPlaced({ orderId: "o1", step: 1 }));
    await deliverEvents();
    expect((await effects(suite.database)).map((row) => row.step)).toEqual([1, 2, 3]);
  });

  test("deliverEvents fails when a handler fails, when a message is set aside, and when nobody knows its type", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    const failing = on(orderPlaced, () => Promise.reject(new Error("no such order")));
    suite.shop.consumers.push(consumerOf("mailing", [failing], { maxAttempts: 1 }));
    await suite.place("o1");
    await expect(deliverEvents()).rejects.toThrow("no such order");
    suite.shop.consumers[0] = consumerOf("mailing", [on(orderViewed, async () => undefined)]);
    await suite.place("o2");
    await expect(deliverEvents()).rejects.toThrow("unknown-type");
    await expect(deliverEvents()).rejects.toThrow("unknown-type");
  });

  test("an interrupted delivery shows whether the callee is in the handler's transaction", async () => {
    await subscribe(suite.database, "mailing", "native", "event");
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")], { maxAttempts: 1 }));
    await suite.place("enlisted");
    await deliverEvents({ interrupt: true });
    expect(await effects(suite.database)).toHaveLength(1);
    // A callee that waits for a second connection inside the first one's transaction hangs there.
    if (!suite.database.parallel) return;
    const onItsOwn = on(orderPlaced, async (payload) => {
      await writeEffect(suite.database.dataSource.manager, "mailing", payload);
    });
    suite.shop.consumers[0] = consumerOf("mailing", [onItsOwn]);
    await suite.place("elsewhere");
    await deliverEvents({ interrupt: true });
    expect((await effects(suite.database)).map((row) => row.order_id)).toEqual(["enlisted", "elsewhere", "elsewhere"]);
  });

  test("recordEvents keeps events in memory, without any database", async () => {
    const recording = recordEvents();
    await emit({} as never, orderPlaced({ orderId: "o1", step: 1 }));
    await emitAlone(orderPlaced({ orderId: "o2", step: 1 }));
    recording.stop();
    expect(recording.events.map((event) => event.payload)).toEqual([
      { orderId: "o1", step: 1 },
      { orderId: "o2", step: 1 },
    ]);
    expect(await suite.count("seamcut_outbox")).toBe(0);
  });
});
