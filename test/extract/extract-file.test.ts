import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract-file.ts";
import type { CallSiteFact, FileFacts } from "../../src/model/index.ts";

const read = (text: string, path = "src/orders/orders.ts") => extractFile(path, text);

/** The source text of each call's name token. */
const namesOf = (facts: FileFacts, text: string) => facts.calls.map((call) => text.slice(call.at, call.nameEnd));

const firstCall = (facts: FileFacts): CallSiteFact => {
  const [call] = facts.calls;
  if (!call) throw new Error("no call");
  return call;
};

describe("imports and exports", () => {
  test("every form of import", () => {
    const facts = read(`
      import "reflect-metadata";
      import nest, { Injectable as Provider, type Type } from "@nestjs/common";
      import * as shared from "../shared";
      import type { Money } from "../money";
      import legacy = require("../legacy");
      const later = () => import("../later");
    `);
    expect(facts.imports.map(({ specifier, name, typeOnly }) => [specifier, name, typeOnly])).toEqual([
      ["reflect-metadata", "", false],
      ["@nestjs/common", "default", false],
      ["@nestjs/common", "Injectable", false],
      ["@nestjs/common", "Type", true],
      ["../shared", "*", false],
      ["../money", "Money", true],
      ["../legacy", "export=", false],
      ["../later", "*", false],
    ]);
  });

  test("every form of export", () => {
    const facts = read(`
      export * from "./a";
      export * as b from "./b";
      export { c as d } from "./c";
      const e = 1;
      export { e as f };
      export const { g, h: [i] } = e as any;
      export class J {}
      export function k() {}
      export default class {}
    `);
    expect(facts.exportStars).toEqual(["./a"]);
    expect(Object.keys(facts.exports)).toEqual(["b", "d", "f", "g", "i", "J", "k", "default"]);
    expect(facts.exports.default).toEqual({ kind: "value", ref: { kind: "class", index: 1 } });
  });
});

describe("classes", () => {
  const facts = read(`
    @Injectable({ scope: "request" })
    export abstract class OrdersService extends Base<Order> implements Port, Named.Port {
      static count = 0;
      @Inject(CLOCK) private readonly clock: Clock;
      place = async (order: Order): Promise<void> => {};
      constructor(private readonly stock: StockService, @Inject("MAIL") mail: Mailer, plain: string) { super(); this.late = make(); }
      get first(): Order { return this.orders[0]; }
      abstract cancel(id: string): void;
      ship(id: string): void;
      ship(id: number): void;
      ship(id: unknown): void {}
      #secret() {}
    }
  `);
  const [fact] = facts.classes;

  test("name, heritage, decorators", () => {
    expect(fact).toMatchObject({ name: "OrdersService", abstract: true });
    expect(fact?.decorators.map(({ name }) => name)).toEqual(["Injectable"]);
    expect(fact?.extendsArgs).toHaveLength(1);
    expect(fact?.implements).toHaveLength(2);
  });

  test("members, and which of them are injected", () => {
    const members = Object.entries(fact?.members ?? {});
    expect(members.map(([name, member]) => [name, member.kind, member.injected])).toEqual([
      ["clock", "property", true],
      ["place", "property", false],
      ["stock", "property", true],
      ["first", "getter", false],
      ["cancel", "method", false],
      ["ship", "method", false],
      ["#secret", "method", false],
    ]);
    expect(Object.keys(fact?.statics ?? {})).toEqual(["count"]);
    expect(fact?.members.cancel?.abstract).toBe(true);
    expect(Object.keys(fact?.assigned ?? {})).toEqual(["late"]);
  });

  test("overloads are one member with several functions, one of which has a body", () => {
    const functions = fact?.members.ship?.functions.map((index) => facts.functions[index]?.body !== undefined);
    expect(functions).toEqual([false, false, true]);
  });

  test("members named as parts of every object", () => {
    const odd = read(`class A { __proto__() {} ["constructor"]() {} toString() {} hasOwnProperty = 1; }`).classes[0];
    expect(Object.keys(odd?.members ?? {})).toEqual(["__proto__", "constructor", "toString", "hasOwnProperty"]);
    expect(odd?.constructorFunction).toBe(-1);
  });
});

describe("calls", () => {
  test("the name token, also after comments, assertions and line breaks; a tagged template is one of its tag", () => {
    const text = 'a(); b.c(); d?.e?.(); f!.g!(); new H(); i["j"](); k\n  /* l */\n  .m(); (n)(); o<string>(); p.q`r`;';
    expect(namesOf(read(text), text)).toEqual(["a", "c", "e", "g", "H", '"j"', "m", "n", "o", "q"]);
    expect(read(text).calls.map((call) => call.isTag)).toEqual([...Array(9).fill(false), true]);
  });

  test("what they stand in", () => {
    const facts = read(`
      top();
      class Orders {
        @On(decorated()) field = initial();
        place() { const inner = () => nested(); }
      }
    `);
    const shown = facts.calls
      .filter(({ callee }) => callee.kind === "name" && callee.ref.kind === "global" && callee.ref.name !== "On")
      .map((call) => [
        call.callee.kind === "name" && call.callee.ref.kind === "global" && call.callee.ref.name,
        call.function >= 0 && facts.functions[call.function]?.kind,
        call.class >= 0 && facts.classes[call.class]?.name,
        call.member,
      ]);
    expect(shown).toEqual([
      ["top", false, false, null],
      ["decorated", false, "Orders", "field"],
      ["initial", false, "Orders", "field"],
      ["nested", "arrow", "Orders", null],
    ]);
  });

  test("new, optional, arguments and type arguments", () => {
    const facts = read("new A(1); b?.c<D>(...e, f);");
    expect(
      facts.calls.map(({ isNew, optional, args, typeArgs }) => [isNew, optional, args.length, typeArgs.length]),
    ).toEqual([
      [true, false, 1, 0],
      [false, false, 2, 1],
    ]);
    expect(read("b?.()").calls[0]?.optional).toBe(true);
  });
});

describe("names", () => {
  const calleeOf = (text: string) => {
    const { callee } = firstCall(read(text));
    return callee.kind === "name" ? callee.ref.kind : callee.kind;
  };

  test.each([
    ["hoisted function", "place(); function place() {}", "function"],
    ["import", 'import { place } from "x"; place();', "import"],
    ["parameter over import", 'import { place } from "x"; (place: () => void) => place();', "variable"],
    ["block over file", "function place() {} { const place = () => 1; place(); }", "variable"],
    ["var out of its block", "{ var place = () => 1; } place();", "variable"],
    ["catch parameter", "function place() {} try {} catch (place) { place(); }", "variable"],
    ["a function expression's own name", "(function place() { place(); });", "function"],
    ["a class expression's name outside it", "const A = class Place {}; Place();", "global"],
    ["nothing", "place();", "global"],
  ])("%s", (_, text, kind) => {
    expect(calleeOf(text)).toBe(kind);
  });

  test("the first telling assignment stands in for an initialiser", () => {
    const [variable] = read("let service; service = null; service = make(); service = other();").variables;
    expect(variable?.init).toEqual({ kind: "call", call: 0 });
  });

  test("a destructured value is evaluated once", () => {
    const facts = read("const { a, b: { c }, ...d } = make();");
    expect(facts.calls).toHaveLength(1);
    expect(facts.variables.flatMap(({ name }) => name ?? [])).toEqual(["a", "c", "d"]);
  });
});

describe("statements", () => {
  test("keep what decides: tests, loops, try, throw", () => {
    const facts = read(`
      function place(items) {
        if (!items) throw new Error("none"); else return;
        for (const item of items) { try { reserve(item); } catch (error) { log(error); } finally { done(); } }
        switch (items.length) { case 1: one(); break; default: many(); }
      }
    `);
    const body = facts.functions[0]?.body ?? [];
    expect(body.map(({ kind }) => kind)).toEqual(["if", "loop", "switch"]);
    expect(body[0]).toMatchObject({ yes: [{ kind: "throw" }], no: [{ kind: "return" }] });
    const loop = body[1]?.kind === "loop" ? body[1].body.at(-1) : undefined;
    expect(loop?.kind === "block" ? loop.body[0]?.kind : loop?.kind).toBe("try");
  });
});

describe("lines", () => {
  test.each([
    ["\n", "a\nb\n", [0, 2, 4]],
    ["\r\n", "a\r\nb", [0, 3]],
    ["\r", "a\rb", [0, 2]],
    ["a byte order mark", "\uFEFFa\nb", [1, 3]],
  ])("ended by %j", (_, text, starts) => {
    expect(read(text).lineStarts).toEqual(starts);
  });
});

describe("what the parser cannot read", () => {
  test("is an error with a place; the rest is kept", () => {
    const facts = read("export function place() { reserve(); }\nexport function cancel( {");
    expect(facts.errors.length).toBeGreaterThan(0);
    expect(facts.errors[0]?.at).toBeGreaterThan(0);
  });

  const FRAGMENTS = [
    "class A",
    "{",
    "}",
    "(",
    ")",
    "=>",
    "async",
    "await",
    "x",
    ".y",
    "?.",
    "@D()",
    "import",
    "`${",
    ":",
    "<T>",
    "=",
    ";",
    "\n",
    "[",
    "]",
    "...",
    "function",
    "#p",
    "export",
    "default",
    "type",
    "\u2028",
  ];

  test("never throws", () => {
    const code = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(fc.oneof(code, fc.string()), (text) => {
        const facts = read(text);
        expect(facts.path).toBe("src/orders/orders.ts");
      }),
      { numRuns: 2000 },
    );
  });

  test("brackets nested past all measure are refused before the parser falls over", () => {
    expect(() => read("(".repeat(3000))).toThrow("brackets nested deeper than 2000");
  });
});

test("facts are JSON: what comes back is the same", () => {
  const facts = read(`
    import { Injectable } from "@nestjs/common";
    enum State { Open }
    namespace Inner { export const x = 1; export type Y = string; }
    interface Port<T = string> { send(to: T): void; (call: number): string; [key: string]: unknown }
    type Alias<T> = T extends string ? Partial<Port<T>> : { [K in keyof T]: T[K] };
    @Injectable() export class A<T> { constructor(private readonly port: Port<T>) {} __proto__() { return this.port.send(\`a\${1n}\` as never); } }
  `);
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

describe("CommonJS", () => {
  test("module.exports and exports, as a whole and by name", () => {
    const facts = read(
      `
      function addTax(cents) { return cents; }
      module.exports = { addTax, round: (cents) => cents };
      module.exports.next = () => 1;
      exports.last = addTax;
      function later() { exports.never = 1; }
      const rates = require("./rates");
    `,
      "src/legacy/tax.js",
    );
    expect(Object.keys(facts.exports)).toEqual(["export=", "addTax", "round", "next", "last"]);
    expect(facts.exports.addTax).toEqual({ kind: "value", ref: { kind: "function", indexes: [0] } });
    expect(facts.exports.last).toEqual(facts.exports.addTax);
    expect(facts.imports.map(({ specifier, name }) => [specifier, name])).toEqual([["./rates", "*"]]);
  });
});

test("a `this` parameter is none that callers pass", () => {
  const facts = read(
    "class Store { find(this: Store, id: string): void {} }\ntype Find = (this: Store, id: string) => void;",
  );
  expect(facts.functions[0]?.parameters.map((index) => facts.variables[index]?.name)).toEqual(["id"]);
  expect(facts.functions[0]?.thisType).toMatchObject({ kind: "ref" });
  expect(facts.aliases[0]?.type).toMatchObject({
    signature: { parameters: [{ name: "id" }], thisType: { kind: "ref" } },
  });
});

test("instanceof narrows names and members, in if, && and ?:", () => {
  const narrowed = (text: string) =>
    read(`class Row { pick() {} }\nfunction place(it: any) { ${text} }`).calls.map(({ callee }) =>
      callee.kind === "member" ? callee.object.kind : callee.kind,
    );
  expect(narrowed("if (it.row instanceof Row) it.row.pick();")).toEqual(["instance"]);
  expect(narrowed("return it.row instanceof Row && it.row.pick();")).toEqual(["instance"]);
  expect(narrowed("return it.row instanceof Row ? it.row.pick() : it.row.pick();")).toEqual(["instance", "member"]);
  expect(narrowed("if (this.row instanceof Row) { it.row.pick(); }")).toEqual(["member"]);
});

test("what own code adds to others' types", () => {
  const facts = read(
    'declare module "fastify" { interface FastifyInstance { stock: string } }\ndeclare global { namespace Express { interface Request { user: string } } }',
  );
  expect(
    facts.augmentations.map(({ module, namespace }) => [module, Object.keys(facts.namespaces[namespace]?.types ?? {})]),
  ).toEqual([
    ["fastify", ["FastifyInstance"]],
    ["", ["Express"]],
  ]);
});
