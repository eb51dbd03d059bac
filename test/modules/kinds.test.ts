import { describe, expect, test } from "vitest";
import { guessKind, kindByName } from "../../src/modules/kinds.ts";
import { settleKinds } from "../../src/modules/settle-kinds.ts";
import { NO_SIGNALS, type Signals } from "../../src/modules/signals.ts";

const AROUND = { modules: 7, areNamed: false, technical: new Set(["mail"]) };
const OTHERS = ["billing", "catalog", "customers", "orders", "shipping", "stock"];

function guess(id: string, signals: Partial<Signals> = {}, change: { root?: string; tags?: string[] } = {}) {
  const candidate = { id, root: `src/${id}`, tags: [], signals: { ...NO_SIGNALS, ...signals }, ...change };
  return guessKind(candidate, AROUND);
}

const calling = (...ids: string[]) => new Map(ids.map((id) => [id, { all: 2, withEffect: 0 }]));

describe("by what the code holds", () => {
  test("entities and endpoints make a domain of any name", () => {
    expect(guess("shared", { ownsEntities: true })).toEqual({ kind: "domain", evidence: "owns entities" });
    expect(guess("mail", { hasEndpoints: true })).toEqual({ kind: "domain", evidence: "has endpoints" });
  });

  test("the root module, or the call that creates the application, makes a composition", () => {
    expect(guess("server", { rootModule: "AppModule", hasEndpoints: true })).toEqual({
      kind: "composition",
      evidence: "holds the root module AppModule",
    });
    expect(guess("worker", { createsApplication: true })).toEqual({
      kind: "composition",
      evidence: "creates a NestJS application, and is used by no module",
    });
    expect(guess("worker", { createsApplication: true, usedBy: new Set(["orders"]) }).kind).toBe("domain");
  });

  test("and so does a place among the tools that fill the database", () => {
    expect(guess("customers", {}, { root: "src/database/seeds/customers" })).toEqual({
      kind: "composition",
      evidence: "lies in src/database/seeds",
    });
    expect(guess("seedlings", {}, { root: "src/seedlings" }).kind).toBe("domain");
  });

  test("data that others change or read makes a domain", () => {
    expect(guess("audit", { usedBy: new Set(OTHERS), entities: new Set(["AuditEntry"]) })).toEqual({
      kind: "domain",
      evidence: "others change or read data through it (AuditEntry)",
    });
  });

  test("nothing: a domain", () => {
    expect(guess("orders")).toEqual({ kind: "domain", evidence: "nothing says otherwise" });
  });
});

describe("by name", () => {
  test.each([
    ["shared", "shared"],
    ["core/mail", "infrastructure"],
    ["emails", "infrastructure"],
    ["migrations", "composition"],
    ["orders", null],
  ])("%s: %s", (id, kind) => {
    expect(kindByName({ id, root: `src/${id}` })).toBe(kind);
  });

  test("of its folder, where it goes by another", () => {
    const root = "libs/util/logging";
    expect(guess("util-logging", {}, { root })).toEqual({
      kind: "infrastructure",
      evidence: "named logging, no entity or endpoint; used by no module, calls none",
    });
  });

  test("with how it is used", () => {
    expect(guess("shared", { usedBy: new Set(OTHERS), calls: calling("stock") })).toEqual({
      kind: "shared",
      evidence: "named shared, no entity or endpoint; used by 6 of 6 others, calls 1",
    });
  });

  test("not where it changes something in the domain", () => {
    expect(guess("cron", { changes: new Set(["orders", "mail"]) })).toEqual({
      kind: "domain",
      evidence: "named cron, but changes something in orders",
    });
    expect(guess("cron", { changes: new Set(["mail"]) }).kind).toBe("infrastructure");
  });

  test("no composition where more than a few use it", () => {
    expect(guess("app", { usedBy: new Set(OTHERS.slice(0, 3)) })).toEqual({
      kind: "domain",
      evidence: "named app, but used by 3 of 6 others",
    });
    expect(guess("migrations", { usedBy: new Set(OTHERS.slice(0, 2)) }).kind).toBe("composition");
  });
});

describe("composition, by wiring", () => {
  const wiring = { uses: new Set(["orders", "stock", "billing"]), calls: calling("orders") };

  test("it brings half of the modules together, and is used by none", () => {
    expect(guess("server", wiring)).toEqual({
      kind: "composition",
      evidence: "uses 3 of 6 others, changes and reads nothing there, and is used by none",
    });
  });

  test.each([
    ["it is used", { usedBy: new Set(["stock"]) }],
    ["it uses few", { uses: new Set(["orders", "stock"]) }],
    ["its calls do something", { calls: new Map([["orders", { all: 9, withEffect: 1 }]]) }],
  ])("not where %s", (_, change) => {
    expect(guess("server", { ...wiring, ...change }).kind).toBe("domain");
  });
});

describe("infrastructure, by what it wraps", () => {
  const wrapping = {
    packages: new Map([
      ["ioredis", 6],
      ["@nestjs/common", 3],
      ["node:crypto", 9],
      ["path", 2],
    ]),
    ownCalls: 4,
    outside: new Set(["cache"]),
  };

  test("most calls go to a library that reaches outside, none to a module", () => {
    expect(guess("sessions-store", wrapping)).toEqual({
      kind: "infrastructure",
      evidence: "only wraps ioredis, calls no module",
    });
  });

  test("what configures needs to reach nowhere", () => {
    expect(guess("settings", { packages: new Map([["envalid", 9]]) })).toEqual({
      kind: "infrastructure",
      evidence: "only configures envalid, calls no module",
    });
  });

  test.each([
    ["it calls a module", { calls: calling("orders") }],
    ["it holds data", { entities: new Set(["Session"]) }],
    ["it does more of its own", { ownCalls: 7 }],
    ["the library reaches nowhere", { outside: new Set<string>() }],
    [
      "there are many libraries",
      { packages: new Map(["ioredis", "amqplib", "nodemailer", "stripe"].map((name) => [name, 5])) },
    ],
    ["the library is the framework", { packages: new Map([["@nestjs/common", 9]]) }],
  ])("not where %s", (_, change) => {
    expect(guess("sessions-store", { ...wrapping, ...change }).kind).toBe("domain");
  });
});

describe("shared, by use", () => {
  const used = { usedBy: new Set(OTHERS.slice(0, 4)) };

  test("two thirds of the others use it", () => {
    expect(guess("money", used)).toEqual({
      kind: "shared",
      evidence: "used by 4 of 6 others, calls none, and holds no data",
    });
  });

  test.each([
    ["fewer use it", { usedBy: new Set(OTHERS.slice(0, 3)) }],
    ["it uses many itself", { uses: new Set(["orders", "stock"]) }],
    ["it reads for them", { entities: new Set(["Currency"]) }],
    ["it sends for them", { outside: new Set(["mail"]) }],
    ["its calls do something", { calls: new Map([["orders", { all: 1, withEffect: 1 }]]) }],
  ])("not where %s", (_, change) => {
    expect(guess("money", { ...used, ...change }).kind).toBe("domain");
  });
});

describe("by the tags of an Nx project", () => {
  test.each([
    [["scope:orders", "type:feature"], "domain", "tagged type:feature"],
    [["type:util"], "shared", "tagged type:util"],
    [["layer:infrastructure"], "infrastructure", "tagged layer:infrastructure"],
    [["type:app"], "composition", "tagged type:app"],
    [["scope:shared", "type:data-access"], "domain", "tagged type:data-access"],
    [["scope:shared"], "shared", "tagged scope:shared"],
  ])("%o: %s", (tags, kind, evidence) => {
    expect(guess("orders", {}, { tags })).toEqual({ kind, evidence });
  });

  test("unknown tags say nothing, and an application with entities is not thin", () => {
    expect(guess("orders", {}, { tags: ["type:whatever", "team:a"] }).evidence).toBe("nothing says otherwise");
    expect(guess("api", { ownsEntities: true }, { tags: ["type:app"] }).kind).toBe("domain");
  });
});

describe("settled", () => {
  const module = { id: "shared", root: "src/shared", files: 1, owners: [], evidence: ["matches src/*"] };
  const settle = (config: Parameters<typeof settleKinds>[2], tags: string[] = []) =>
    settleKinds([module], new Map(), config, [
      { root: "src/shared", name: "shared", by: "nx", where: "src/shared/project.json", tags },
    ]).map(({ kind, evidence }) => [kind, ...evidence]);

  test("modules that the user named are domain, unless tagged or told otherwise", () => {
    expect(settle({ modules: ["src/*"], kinds: {} })).toEqual([
      ["domain", "matches src/*", "domain unless configured"],
    ]);
    expect(settle({ modules: ["src/*"], kinds: {} }, ["type:util"])).toEqual([
      ["shared", "matches src/*", "tagged type:util"],
    ]);
    expect(settle({ modules: ["src/*"], kinds: { shared: "infrastructure" } }, ["type:util"])).toEqual([
      ["infrastructure", "matches src/*", "kind set in the configuration"],
    ]);
  });

  test("a module of which nothing is known goes by its name", () => {
    expect(settle({ modules: [], kinds: {} })).toEqual([
      ["shared", "matches src/*", expect.stringMatching(/^named shared, .*used by no module, calls none$/)],
    ]);
  });
});
