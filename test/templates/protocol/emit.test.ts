import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { decide, EVENT } from "#seamcut/decide";
import { EmitError, emit, emitAll } from "#seamcut/emit";
import { emitAlone } from "#seamcut/emit-alone";
import { orderPlaced, subscribe } from "../shop-events.ts";
import { onEachDatabase } from "../suite.ts";

onEachDatabase("emit", (suite, test) => {
  const CALLED = { modes: { mailing: "call" }, calls: () => true } as const;

  test("a rolled back transaction leaves no event", async () => {
    const refused = suite.inTransaction(async (manager) => {
      await emit(manager, orderPlaced({ orderId: "o1", step: 1 }), EVENT);
      throw new Error("payment refused");
    });
    await expect(refused).rejects.toThrow("payment refused");
    expect(await suite.count("seamcut_outbox")).toBe(0);
  });

  test("fails without a transaction, or with an invalid payload", async () => {
    const { manager } = suite.database.dataSource;
    await expect(emit(manager, orderPlaced({ orderId: "o1", step: 1 }), EVENT)).rejects.toThrow(EmitError);
    const wrong = { orderId: "o1", step: "first" } as never;
    const invalid = suite.inTransaction((tx) => emit(tx, orderPlaced(wrong), EVENT));
    await expect(invalid).rejects.toThrow(/payload.step: must be integer/);
    expect(await suite.count("seamcut_outbox")).toBe(0);
  });

  test.each(["nul \u0000", "lone \ud800"])(
    "says of text that no database stores what is wrong with it: %j",
    async (orderId) => {
      const stored = suite.inTransaction((tx) => emit(tx, orderPlaced({ orderId, step: 1 }), EVENT));
      await expect(stored).rejects.toThrow(/payload.orderId: must be text without NUL or half a surrogate pair/);
    },
  );

  test("somebody else's event is not quiet because one consumer is still called directly", async () => {
    await subscribe(suite.database, "mailing", "migrating", "call");
    await subscribe(suite.database, "reporting", "native", "event");
    const decision = await decide(orderPlaced, "o1");
    expect(decision.calls("mailing")).toBe(true);
    const wrong = orderPlaced({ orderId: "o1", step: "first" } as never);
    await expect(suite.inTransaction((tx) => emit(tx, wrong, decision))).rejects.toThrow(EmitError);
  });

  test("several events keep their order", async () => {
    await subscribe(suite.database, "stock", "native", "event");
    const steps = Array.from({ length: 100 }, (_, step) => step);
    await suite.inTransaction((tx) =>
      emitAll(
        tx,
        steps.map((step) => orderPlaced({ orderId: "o1", step })),
        EVENT,
      ),
    );
    const rows = await suite.sql<{ payload: { step: number } | string }>(
      "SELECT payload FROM seamcut_outbox ORDER BY seq",
    );
    const payloads = rows.map(({ payload }) => (typeof payload === "string" ? JSON.parse(payload) : payload));
    expect(payloads.map((payload) => payload.step)).toEqual(steps);
  });

  test("in mode call nothing that goes wrong with the event reaches the business", async () => {
    const wrong: unknown[] = [
      { orderId: "nul \u0000", step: 1 },
      { orderId: "lone \ud800", step: 1 },
      { orderId: "legacy", step: null },
      { orderId: "x".repeat(300), step: 1 },
      null,
    ];
    for (const [index, payload] of wrong.entries()) {
      await suite.inTransaction(async (manager) => {
        await suite.write(manager, `o${index}`, 1);
        await emit(manager, orderPlaced(payload as never), CALLED);
        await suite.write(manager, `o${index}`, 2);
      });
    }
    expect((await suite.sql("SELECT id FROM orders WHERE step = 2")).length).toBe(wrong.length);
    expect(suite.alarms()).toEqual(wrong.map(() => "emit-failed"));
  });

  test("in mode call a missing table, a mocked manager or no transaction reaches nobody", async () => {
    const event = orderPlaced({ orderId: "o1", step: 1 });
    await emit({ query: undefined } as never, event, CALLED);
    await emit({} as never, event, CALLED);
    await emit(suite.database.dataSource.manager, event, CALLED);
    await suite.sql("ALTER TABLE seamcut_outbox RENAME TO outbox_away");
    try {
      await suite.place("o1", 2, CALLED);
      await emitAlone(event, CALLED);
    } finally {
      await suite.sql("ALTER TABLE outbox_away RENAME TO seamcut_outbox");
    }
    expect(await suite.count("orders")).toBe(1);
    expect(await suite.count("seamcut_outbox")).toBe(0);
    expect(suite.alarms()).toEqual(Array.from({ length: 5 }, () => "emit-failed"));
  });

  test("in mode call a hook that throws reaches nobody", async () => {
    suite.shop.hook.alarm = () => {
      throw new Error("no connection to the monitoring");
    };
    await suite.place("nul \u0000", 1, CALLED).catch(() => undefined);
    await suite.inTransaction((tx) => emit(tx, orderPlaced({ orderId: "o1", step: null } as never), CALLED));
  });

  test("in mode call the caller's savepoints and settings are as before", async () => {
    await suite.inTransaction(async (manager) => {
      await suite.write(manager, "o1", 1);
      await manager
        .transaction(async (inner) => {
          await suite.write(inner, "o2", 1);
          await emit(inner, orderPlaced({ orderId: "o2", step: 1 }), CALLED);
          throw new Error("the inner part is undone");
        })
        .catch(() => undefined);
      await emit(manager, orderPlaced({ orderId: "o1", step: 1 }), CALLED);
    });
    expect(await suite.sql("SELECT id FROM orders")).toEqual([{ id: "o1" }]);
    expect(await suite.count("seamcut_outbox")).toBe(1);
  });

  test("a call that stood before, inside or after the transaction stays there, with a pool that is full", async () => {
    await subscribe(suite.database, "mailing", "migrating", "call");
    const requests = suite.database.parallel ? suite.database.poolSize * 2 : 1;
    const callee = (step: number) =>
      suite.sql("INSERT INTO effect (consumer, order_id, step) VALUES ('call', 'o', ?)", [step]);
    await Promise.all(
      Array.from({ length: requests }, async (_, index) => {
        const orderId = `o${index}`;
        const decision = await decide(orderPlaced, orderId);
        if (decision.calls("mailing")) await callee(1);
        await suite.inTransaction(async (manager) => {
          await suite.write(manager, orderId, 1);
          if (decision.calls("mailing")) await suite.write(manager, `inside ${orderId}`, 1);
          await sleep(5);
          await emit(manager, orderPlaced({ orderId, step: 1 }), decision);
        });
        if (decision.calls("mailing")) await callee(2);
      }),
    );
    // On a machine that is busy the switch's last known position may have to do: the call, here.
    expect(suite.alarms().filter((kind) => kind !== "decide-failed")).toEqual([]);
    expect(await suite.count("effect")).toBe(requests * 2);
    expect(await suite.count("seamcut_outbox")).toBe(requests);
  });
});
