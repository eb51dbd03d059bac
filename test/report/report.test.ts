import { describe, expect, test } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { DIAGNOSTICS, diagnostic, type Leaf, type Module } from "../../src/model/index.ts";
import { planMigration } from "../../src/plan/plan-migration.ts";
import { explainJson } from "../../src/report/explain-json.ts";
import { explainText } from "../../src/report/explain-text.ts";
import { reportJson } from "../../src/report/json.ts";
import { leavesText } from "../../src/report/leaves-text.ts";
import { modulesText } from "../../src/report/modules-text.ts";
import { clip, PLAIN, plural } from "../../src/report/paint.ts";
import { planText } from "../../src/report/plan-text.ts";
import { reportText } from "../../src/report/text.ts";
import { callWith, classifiedCall, evidenceOf, READING, WRITING } from "../support/call.ts";
import { resultOf } from "../support/result.ts";

const CALLS = [
  ...classify([
    callWith({ ...WRITING, awaited: false, afterOwnWrite: true, inTransaction: true }, "StockService.recordSale"),
    {
      ...callWith(READING, "StockService.count"),
      from: "mail",
      id: "mail:OrdersService.place->stock:StockService.count",
    },
  ]),
];

const about = { root: "src/orders", files: 2, owners: ["@shop/orders", "@ann"] };
const MODULES: readonly Module[] = [
  { ...about, id: "orders", kind: "domain", evidence: ["holds the NestJS module OrdersModule", "owns entities"] },
  { ...about, id: "stock", kind: "domain", evidence: ["holds the NestJS module StockModule", "owns entities"] },
  {
    id: "mail",
    kind: "infrastructure",
    root: "src/mail",
    files: 1,
    owners: [],
    evidence: ["a folder of src", "named mail, no entity or endpoint"],
  },
];

describe("text of a scan", () => {
  test("the answer first, the next command last", () => {
    const stack = { name: "shop", framework: "NestJS 11", orm: "TypeORM 0.3" };
    const result = resultOf(CALLS, {}, { stack, modules: MODULES });
    expect(reportText(result, planMigration(result))).toBe(`shop · NestJS 11, TypeORM 0.3 · 3 modules, 3 files

  2 direct calls between modules, along 2 edges

  verdict    calls   what it means
  event          1   can become an event: nobody waits for the outcome
  command        0   changes something the caller waits for
  query          1   reads
  guard          0   may say no: must stay in front of the change
  pure           0   computes only

  cheapest cuts          calls   frees
  orders → stock             1   orders of stock being up

  modules, and why
  mail    infrastructure  a folder of src; named mail, no entity or endpoint
  orders  domain          holds the NestJS module OrdersModule; owns entities
  stock   domain          holds the NestJS module StockModule; owns entities

  next   seamcut explain "orders:OrdersService.place->stock:StockService.recordSale"
         seamcut cut orders stock
         seamcut baseline        then \`seamcut check\` in CI keeps it from growing
`);
  });

  test("one of each is not many, and what is unknown or unresolved is shown", () => {
    const unknown = classify([callWith({ effectKnown: false })]);
    const location = unknown[0]?.location ?? expect.fail("no call");
    const unresolved = [{ id: "x", location, text: "this.bus.emit", reason: "receiver-any" }] as const;
    const text = reportText(resultOf(unknown, {}, { unresolved }), planMigration(resultOf(unknown)));
    expect(text).toContain("1 direct call between modules, along 1 edge\n");
    expect(text).toContain("  unknown        1   the facts do not suffice");
    expect(text).toContain("unresolved       1 call whose receiver could not be told: 1 receiver-any");
    expect(text).toContain("no call can become an event as the code stands   seamcut plan");
  });

  test("modules that call each other most are named", () => {
    const both = [classifiedCall(), classifiedCall({ from: "stock", to: "orders" })];
    expect(reportText(resultOf(both), planMigration(resultOf(both)))).toMatch(
      /most entangled {3}\w+ ↔ \w+ \(1 out, 1 back\)/,
    );
  });

  test("never more than 40 lines", () => {
    const many = Array.from({ length: 60 }, (_, index) => classifiedCall({ to: `module${index}` }));
    const result = resultOf(many);
    const lines = reportText(result, planMigration(result)).trimEnd().split("\n");
    expect(lines).toHaveLength(40);
    expect(lines).toContain("  … and 45 more   seamcut scan --list-modules");
  });

  test("a module has one line, however much there is to say", () => {
    const long = MODULES.map((module) => ({ ...module, evidence: ["one\u001btwo", "x".repeat(200)] }));
    const text = reportText(resultOf(CALLS, {}, { modules: long }), planMigration(resultOf(CALLS)));
    const rows = text.split("\n").filter((line) => line.includes("one\\u{1b}two; xxx"));
    expect(rows.map((row) => [row.length, row.endsWith("x…")])).toEqual(MODULES.map(() => [120, true]));
  });

  test("nothing found: what to try", () => {
    expect(reportText(resultOf([]), planMigration(resultOf([])))).toContain(
      'next   name other modules   seamcut scan --modules "src/*"',
    );
  });
});

test("text of the modules: all that speaks for each", () => {
  expect(modulesText(MODULES)).toBe(`3 modules

  orders  domain          src/orders: holds the NestJS module OrdersModule; owns entities; 2 files; owned by @shop/orders, @ann
  stock   domain          src/orders: holds the NestJS module StockModule; owns entities; 2 files; owned by @shop/orders, @ann
  mail    infrastructure  src/mail: a folder of src; named mail, no entity or endpoint; 1 file
`);
});

test("text of an explanation", () => {
  const [call] = classify([
    callWith(
      {
        ...WRITING,
        awaited: false,
        inTransaction: true,
        evidence: { write: evidenceOf("Stock", "StockService.recordSale", "StockRows.insert") },
      },
      "StockService.recordSale",
    ),
  ]);
  if (!call) throw new Error("no call");
  const leaf = {
    id: "stock:StockRows.insert",
    effect: "write",
    what: "Stock",
    byVerdict: { event: 3 },
    calls: 3,
  } as const;
  const leaves = [{ ...leaf, location: evidenceOf("Stock").location }];
  const lines: Record<string, string> = {
    "src/orders/orders.service.ts:10": '\tvoid this.stock.recordSale("lamp");',
    "src/stock/stock.service.ts:20": "await this.rows.insert(row);",
  };
  const lineOf = (file: string, line: number) => lines[`${file}:${line}`] ?? null;
  expect(explainText(resultOf([call], {}, { leaves }), call, lineOf)).toBe(
    `orders → stock   StockService.recordSale   src/orders/orders.service.ts:10

  event, confidence medium: can be replaced by an event recorded with the caller's change.

  10 │ void this.stock.recordSale("lamp");
     │    ^^^^^^^

  why
  · the result is not used                                       src/orders/orders.service.ts:10
  · it writes: Stock                                             src/stock/stock.service.ts:20
      20 │ await this.rows.insert(row);
         │ ^^^^^
  · it never refuses on purpose                                  src/orders/orders.service.ts:10
  · nobody waits for it                                          src/orders/orders.service.ts:10
    writes through: StockService.recordSale → StockRows.insert
  watch
  · it runs inside a transaction of the caller                   src/orders/orders.service.ts:10

  it would be a command, if the caller read afterwards what it writes, or it refused on purpose
  same leaf decides   2 other calls (stock:StockRows.insert, write Stock)
  reached through     injection
  strategies          event   seamcut cut orders stock --call "orders:OrdersService.place->stock:StockService.recordSale"
  id                  orders:OrdersService.place->stock:StockService.recordSale
`,
  );
});

describe("plan", () => {
  test("with cuts, blocked calls and rings", () => {
    const calls = [
      classifiedCall(),
      classifiedCall({ id: "doubtful", confidence: "low" }),
      classifiedCall({ from: "stock", to: "orders", verdict: "query", strategies: ["port"] }),
    ];
    expect(planText(planMigration(resultOf(calls)))).toBe(`1 edge with calls that can become events, cheapest first

   1  orders → stock   1 call   frees orders no longer waits for stock here; other calls remain
      stays: 1 event

  blocked   1 low-confidence, 1 verdict-not-event
    doubtful
      low-confidence: it may as well be a command: whether it is one is a business decision; decide it in seamcut.config.json, "overrides": [{ "match": "<id>", "verdict": "event", "reason": "…" }], or for one cut, --accept low-confidence

  ring      orders ↔ stock

  next      seamcut cut orders stock
`);
  });

  test("without any", () => {
    expect(planText(planMigration(resultOf([])))).toMatch(/^no edge has a call that can become an event now\n/);
  });
});

test("JSON of a scan leaves the duration out when asked to be stable", () => {
  const result = resultOf(CALLS);
  const timed = { ...result, summary: { ...result.summary, durationMs: 12 } };
  expect(JSON.parse(reportJson(timed))).toEqual(timed);
  expect(JSON.parse(reportJson(timed, { stable: true }))).toEqual(result);
});

test("colour carries no meaning: without it the text is the same", () => {
  const result = resultOf(CALLS);
  const mark = (text: string) => `<${text}>`;
  const loud = { bold: mark, dim: mark, good: mark, bad: mark, mark };
  const plan = planMigration(result);
  expect(reportText(result, plan, loud).replace(/[<>]/g, "")).toBe(
    reportText(result, plan, PLAIN).replace(/[<>]/g, ""),
  );
});

test("small helpers", () => {
  expect([plural(1, "call"), plural(0, "call"), plural(2, "entry", "entries")]).toEqual([
    "1 call",
    "0 calls",
    "2 entries",
  ]);
  expect([clip("notifications", 5), clip("mail", 5)]).toEqual(["noti…", "mail"]);
  expect(diagnostic("SC1006", "none")).toEqual({
    code: "SC1006",
    severity: DIAGNOSTICS.SC1006.severity,
    message: "none",
  });
});

describe("the functions that verdicts rest on", () => {
  const leafOf = (id: string, calls: number): Leaf => ({
    id,
    calls,
    effect: "write",
    what: "cache",
    location: evidenceOf("cache").location,
    byVerdict: { command: calls },
  });

  test("by influence, with how to overrule the first", () => {
    expect(leavesText([leafOf("cache:Cache.set", 37), leafOf("src/db.ts:query", 4)])).toBe(
      `  calls  rest on          which is taken to             at
     37  cache:Cache.set  write cache                   src/stock/stock.service.ts:20
      4  src/db.ts:query  write cache                   src/stock/stock.service.ts:20

  If one of them is taken for something it is not, say so in seamcut.config.json:
    "leaves": [{ "match": "cache:Cache.set", "effect": "none", "reason": "…" }]
  effect is one of write, read, publish, none; "refuses": false says that it never vetoes its caller
`,
    );
  });

  test("the first one has a line in a scan", () => {
    const result = resultOf([classifiedCall()], {}, { leaves: [leafOf("cache:Cache.set", 37)] });
    expect(reportText(result, planMigration(result))).toContain(
      "most rests on    cache:Cache.set (write cache, 37 calls)   seamcut scan --leaves",
    );
  });
});

test("an explanation as data", () => {
  const call = classifiedCall();
  const result = resultOf(
    [call],
    {},
    {
      leaves: [
        {
          id: "stock:StockService.reserve",
          effect: "write",
          what: "Stock",
          location: evidenceOf("Stock").location,
          calls: 4,
          byVerdict: { event: 4 },
        },
      ],
    },
  );
  const { calls } = JSON.parse(explainJson(result, [call]));
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ id: call.id, verdict: "event", leaves: [{ calls: 4 }] });
  expect(calls[0].otherwise).toContain("a command, if");
});
