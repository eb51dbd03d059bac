import { expect } from "vitest";
import { decide, EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { setMode } from "#seamcut/ops";
import { relay } from "#seamcut/relay";
import { register, unregister } from "#seamcut/runtime";
import { consumerOf, effects, orderPlaced, orderViewed, recordingHandler, subscribe } from "../shop-events.ts";
import { onEachDatabase, RELAY } from "../suite.ts";

onEachDatabase("cutover", (suite, test) => {
  const emitWith = (decision: typeof EVENT | undefined, step: number) =>
    suite.inTransaction((manager) => emit(manager, orderPlaced({ orderId: `o${step}`, step }), decision));
  const handledSteps = async () => (await effects(suite.database)).map((row) => row.step).sort();

  test("the decision decides who acts; an absent one means the direct call for a migrating consumer only", async () => {
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await subscribe(suite.database, "mailing", "migrating", "call");
    const asCall = await decide(orderPlaced, "o1");
    await emitWith(asCall, 1);
    await emitWith(undefined, 2);
    await emitWith(EVENT, 3);
    await subscribe(suite.database, "mailing", "migrating", "event");
    const asEvent = await decide(orderPlaced, "o4");
    expect([asCall.calls("mailing"), asEvent.calls("mailing"), EVENT.calls("mailing")]).toEqual([true, false, false]);
    await emitWith(asEvent, 4);
    await suite.deliver();
    expect(await handledSteps()).toEqual([3, 4]);
    await subscribe(suite.database, "mailing", "native", "event");
    await emitWith(undefined, 5);
    await suite.deliver();
    expect(await handledSteps()).toEqual([3, 4, 5]);
  });

  test("a second consumer of an event that already flows: old producers still call it", async () => {
    await subscribe(suite.database, "reporting", "native", "event");
    const beforeMail = await decide(orderPlaced, "o1");
    await subscribe(suite.database, "mailing", "migrating", "event");
    suite.shop.consumers.push(
      consumerOf("reporting", [recordingHandler("reporting")]),
      consumerOf("mailing", [recordingHandler("mailing")]),
    );
    // Decided before there was a subscription of mailing: this producer made the direct call.
    expect(beforeMail.calls("mailing")).toBe(true);
    await emitWith(beforeMail, 1);
    await suite.deliver();
    expect((await effects(suite.database)).map((row) => row.consumer)).toEqual(["reporting"]);
  });

  test("a retried transaction keeps its decision, whatever the switch says by then", async () => {
    suite.shop.consumers.push(consumerOf("mailing", [recordingHandler("mailing")]));
    await subscribe(suite.database, "mailing", "migrating", "call");
    const decision = await decide(orderPlaced, "o1");
    await subscribe(suite.database, "mailing", "migrating", "event");
    await emitWith(decision, 1);
    await suite.deliver();
    expect(await handledSteps()).toEqual([]);
    expect(suite.alarms()).toEqual([]);
  });

  test("the switch counts from the moment it is committed: no direct call overtakes an event of another process", async () => {
    suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
    await subscribe(suite.database, "stock", "migrating", "call");
    expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(true);
    await setMode(suite.shop.runtime.database, "stock", orderPlaced.type, "event");
    expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(false);
    await setMode(suite.shop.runtime.database, "stock", orderPlaced.type, "draining");
    expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(true);
  });

  test("going back to the direct call drains key by key", async () => {
    const { database } = suite.shop.runtime;
    await subscribe(suite.database, "stock", "migrating", "event");
    await suite.place("busy", 1, await decide(orderPlaced, "busy"));
    await expect(setMode(database, "stock", orderPlaced.type, "call")).rejects.toThrow("draining before call");
    await setMode(database, "stock", orderPlaced.type, "draining");
    const calls = async (key?: string) => (await decide(orderPlaced, key)).calls("stock");
    expect([await calls("busy"), await calls("other"), await calls()]).toEqual([false, true, false]);
    await relay(suite.shop.runtime, RELAY);
    expect([await calls("busy"), await calls("other"), await calls()]).toEqual([false, true, false]);
    await expect(setMode(database, "stock", orderPlaced.type, "call")).rejects.toThrow("still wait");
    suite.shop.consumers.push(consumerOf("stock", [recordingHandler("stock")]));
    await suite.deliver();
    expect([await calls("busy"), await calls()]).toEqual([true, true]);
    await setMode(database, "stock", orderPlaced.type, "call");
    expect(await handledSteps()).toEqual([1]);
  });

  test("what the direct call has done already does not keep a key draining", async () => {
    await subscribe(suite.database, "stock", "migrating", "draining");
    const decision = await decide(orderPlaced, "o1");
    await suite.place("o1", 1, decision);
    expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(true);
    await relay(suite.shop.runtime, RELAY);
    expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(true);
  });

  test("events without a key drain at once: they have no order to keep", async () => {
    await subscribe(suite.database, "reporting", "migrating", "event", orderViewed.type);
    const decision = await decide(orderViewed);
    await suite.inTransaction((manager) => emit(manager, orderViewed({ page: "/" }), decision));
    await subscribe(suite.database, "reporting", "migrating", "draining", orderViewed.type);
    expect(decision.calls("reporting")).toBe(false);
    expect((await decide(orderViewed)).calls("reporting")).toBe(true);
  });

  test("a switch that cannot be read stays in its last known position; without one, the direct call", async () => {
    await subscribe(suite.database, "stock", "migrating", "event");
    let broken = false;
    const real = suite.shop.runtime.database;
    const runtime = register({
      consumers: () => [],
      hooks: suite.shop.runtime.hooks,
      database: {
        query: (text, parameters) =>
          broken ? Promise.reject(new Error("connection lost")) : real.query(text, parameters),
        transaction: (work) => real.transaction(work),
      },
    });
    try {
      broken = true;
      expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(true);
      broken = false;
      expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(false);
      broken = true;
      expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(false);
      expect(suite.alarms()).toEqual(["decide-failed", "decide-failed"]);
    } finally {
      unregister(runtime);
    }
  });

  test("a caller that holds the last connection is not kept waiting for the switch", async () => {
    const runtime = register({
      consumers: () => [],
      hooks: suite.shop.runtime.hooks,
      database: { query: () => new Promise(() => undefined), transaction: () => new Promise(() => undefined) },
    });
    try {
      const start = performance.now();
      expect((await decide(orderPlaced, "o1")).calls("stock")).toBe(true);
      expect(performance.now() - start).toBeLessThan(3000);
      expect(suite.alarms()).toEqual(["decide-failed"]);
    } finally {
      unregister(runtime);
    }
  });
});
