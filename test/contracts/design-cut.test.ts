import { describe, expect, it } from "vitest";
import { type DesignOptions, designCut } from "../../src/contracts/design-cut.ts";
import type { CutDesign, Module, PlannedCall } from "../../src/model/index.ts";
import { type AskedCall, openInMemory, planCall } from "../support/in-memory.ts";

const FILE = "src/orders/orders.service.ts";

const MAIL = `
  import type { EntityManager } from "typeorm";
  export class MailService {
    async placed(orderId: string, email: string, manager?: EntityManager): Promise<void> {}
    async many(first: unknown, second?: unknown, third?: unknown, manager?: EntityManager): Promise<void> {}
    async due(id: number, at: Date, until?: Date, manager?: EntityManager): Promise<void> {}
  }`;

/** A service of orders with these methods. */
const orders = (methods: string) => `
  import { DataSource, Repository } from "typeorm";
  import { MailService } from "./mail.service";
  class Order { id!: string; total!: number }
  export class OrdersService {
    constructor(
      private readonly orders: Repository<Order>,
      private readonly dataSource: DataSource,
      private readonly mail: MailService,
    ) {}
${methods}
  }`;

const NOTHING: DesignOptions = { existing: () => null, existingConsumer: () => null };

const moduleOf = (id: string): Module => ({
  id,
  root: `src/${id}`,
  kind: "domain",
  files: 1,
  owners: [],
  evidence: [],
});

function design(methods: string, asked: readonly AskedCall[], options: Partial<DesignOptions> = {}) {
  const program = openInMemory({ "src/orders/mail.service.ts": MAIL, [FILE]: orders(methods) });
  const planned = asked.map((each): PlannedCall => {
    const call = planCall(program, FILE, each);
    if (!("emit" in call)) throw new Error(`${call.code}: ${call.message}`);
    return call;
  });
  return designCut(moduleOf("orders"), moduleOf("mail"), planned, { ...NOTHING, ...options });
}

/** The design of one call, in a method `place`. */
function designOne(parameters: string, call: string, options: Partial<DesignOptions> = {}) {
  const methods = `    async place(${parameters}): Promise<void> {\n      await this.mail.${call};\n    }`;
  const asked = { caller: "OrdersService.place", call: `this.mail.${call.slice(0, call.indexOf("("))}` };
  const { design: made } = design(methods, [asked], options);
  const [first] = made.calls;
  if (!first) throw new Error("nothing was designed");
  return { ...first, consumer: made.consumer };
}

const names = (event: CutDesign["calls"][number]["event"]) => event.payload.map(({ name }) => name);

describe("the event", () => {
  it("is named, filed and typed in the producer's words", () => {
    expect(designOne("orderId: string, email: string", "placed(orderId, email)").event).toMatchObject({
      type: "orders.order-placed",
      typeName: "OrderPlaced",
      variable: "orderPlaced",
      file: "src/orders/events/order-placed.event.ts",
      exists: false,
    });
  });

  it.each(["order-accepted", "orders.order-accepted", "OrderAccepted"])("is named as asked: %s", (event) => {
    expect(designOne("orderId: string, email: string", "placed(orderId, email)", { event }).event).toMatchObject({
      type: "orders.order-accepted",
      variable: "orderAccepted",
      file: "src/orders/events/order-accepted.event.ts",
    });
  });

  it("takes another variable where the caller has one of its name", () => {
    const { event } = designOne("orderPlaced: string, email: string", "placed(orderPlaced, email)");
    expect([event.variable, event.type]).toEqual(["orderPlacedEvent", "orders.order-placed"]);
  });
});

describe("the payload", () => {
  it("has the caller's words", () => {
    const parameters = "order: { id: string; email: string }, note: string";
    expect(names(designOne(parameters, "many(order.id, order.email, note)").event)).toEqual([
      "orderId",
      "email",
      "note",
    ]);
  });

  it("has the callee's word where the caller has none", () => {
    expect(
      names(designOne("lines: string[]", 'many(lines.map((line) => line.trim()), lines.join(", "))').event),
    ).toEqual(["first", "second"]);
  });

  it("holds the same value once, and literals not at all", () => {
    const made = designOne("id: string", 'many(id, { id, kind: "order", again: id })');
    expect(names(made.event)).toEqual(["id"]);
    expect(made.handlerArguments).toEqual([
      "payload.id",
      '{ id: payload.id, kind: "order", again: payload.id }',
      "undefined",
      "tx",
    ]);
  });

  it("tells values of one word apart", () => {
    const parameters = "from: { email: string }, to: { email: string }, at: { email: string }";
    expect(names(designOne(parameters, "many(from.email, to.email, at.email)").event)).toEqual([
      "email",
      "second",
      "third",
    ]);
  });
});

describe("the key", () => {
  it.each([
    [
      "the id of what the event is about",
      "orderId: string, customerId: string",
      "many(orderId, customerId)",
      "orderId",
    ],
    ["the only id there is", "customerId: string, total: number", "many(customerId, total)", "customerId"],
    ["a number as well", "orderId: number", "many(orderId)", "orderId"],
    ["none of two foreign ids", "customerId: string, shopId: string", "many(customerId, shopId)", null],
    ["none that may be missing", "orderId?: string", "many(orderId)", null],
    ["none where there is no id", "total: number", "many(total)", null],
    ["no word that only ends in id", "paid: string, grid: string", "many(paid, grid)", null],
  ])("%s", (_name, parameters, call, key) => {
    expect(designOne(parameters, call).event.key).toBe(key);
  });

  it("is the property asked for", () => {
    const { event } = designOne("orderId: string, customerId: string", "many(orderId, customerId)", {
      key: "customerId",
    });
    expect(event.key).toBe("customerId");
  });
});

describe("the handler", () => {
  it("passes values, and the handle at the callee's place for it", () => {
    expect(designOne("orderId: string, email: string", "placed(orderId, email)").handlerArguments).toEqual([
      "payload.orderId",
      "payload.email",
      "tx",
    ]);
  });

  it("makes dates of strings again", () => {
    expect(designOne("id: number, at: Date, until?: Date", "due(id, at, until)").handlerArguments).toEqual([
      "payload.id",
      "new Date(payload.at)",
      "payload.until === undefined ? undefined : new Date(payload.until)",
      "tx",
    ]);
  });

  it("writes an object literal on one line, in the payload's words", () => {
    const made = designOne(
      "order: { id: string }, hash: string",
      "many({\n        hash,\n        ref: order.id,\n      })",
    );
    expect(made.handlerArguments[0]).toBe("{ hash: payload.hash, ref: payload.orderId }");
  });

  it("has no handle where the callee works outside the database", () => {
    const methods =
      "    async place(orderId: string, email: string): Promise<void> {\n      await this.mail.placed(orderId, email);\n    }";
    const asked = {
      caller: "OrdersService.place",
      call: "this.mail.placed",
      facts: { writesOutside: true },
    };
    const { design: made } = design(methods, [asked]);
    expect(made.calls[0]?.handlerArguments).toEqual(["payload.orderId", "payload.email"]);
    expect(made.consumer).toEqual({
      id: "mail",
      className: "MailConsumer",
      file: "src/mail/events/mail.consumer.ts",
      effects: "external",
    });
  });
});

describe("what is there already", () => {
  const there = (names: readonly string[], optional: readonly string[] = []) => ({
    existing: () => ({
      variable: "orderPlaced",
      properties: names.map((name) => ({
        name,
        optional: optional.includes(name),
        shape: { kind: "string" } as const,
      })),
    }),
  });

  it("is used where it carries enough", () => {
    const { event } = designOne("orderId: string", "many(orderId)", there(["orderId", "total"], ["total"]));
    expect([event.exists, event.variable]).toEqual([true, "orderPlaced"]);
    expect(event.sample.map(({ name }) => name)).toEqual(["orderId", "total"]);
  });

  it("blocks a call that needs more of it", () => {
    const methods =
      "    async place(orderId: string, email: string): Promise<void> {\n      await this.mail.placed(orderId, email);\n    }";
    const { design: made, blocked } = design(
      methods,
      [{ caller: "OrdersService.place", call: "this.mail.placed" }],
      there(["orderId"]),
    );
    expect(made.calls).toEqual([]);
    expect(blocked).toMatchObject([
      { code: "event-exists", message: "orders.order-placed exists and does not carry email" },
    ]);
  });

  it("blocks a call that does not know all of it", () => {
    const methods = "    async place(orderId: string): Promise<void> {\n      await this.mail.many(orderId);\n    }";
    const { blocked } = design(
      methods,
      [{ caller: "OrdersService.place", call: "this.mail.many" }],
      there(["orderId", "total"]),
    );
    expect(blocked).toMatchObject([
      { code: "event-exists", message: "orders.order-placed exists and needs total, too" },
    ]);
  });

  it("gives what works outside the database a consumer beside the one that works in it", () => {
    const made = designOne("orderId: string", "many(orderId)", { existingConsumer: () => "external" });
    expect(made.consumer).toMatchObject({ id: "mail-database", className: "MailDatabaseConsumer" });
  });
});

describe("calls that need a cut of their own", () => {
  const twice =
    "    async place(orderId: string, email: string): Promise<void> {\n" +
    "      await this.mail.placed(orderId, email);\n      await this.mail.many(email);\n    }";
  const methods = `${twice}\n    async cancel(orderId: string): Promise<void> {\n      await this.mail.many(orderId);\n    }`;
  const first = { caller: "OrdersService.place", call: "this.mail.placed" };

  it("a second one in the same function", () => {
    const { design: made, blocked } = design(methods, [first, { ...first, call: "this.mail.many" }]);
    expect(made.calls.map(({ planned }) => planned.calleeMethod)).toEqual(["placed"]);
    expect(blocked).toMatchObject([
      { code: "second-call-in-function", message: "another call of the same function is cut first" },
    ]);
  });

  it("one that works outside the database beside one that works in it", () => {
    const outside = { caller: "OrdersService.cancel", call: "this.mail.many", facts: { writesOutside: true } };
    const { blocked } = design(methods, [first, outside]);
    expect(blocked).toMatchObject([
      { code: "second-call-in-function", message: expect.stringContaining("need a handler each") },
    ]);
  });
});
