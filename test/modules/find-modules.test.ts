import { describe, expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract-file.ts";
import type { Config } from "../../src/model/index.ts";
import { foldersByGlob, unmatchedGlobs } from "../../src/modules/by-glob.ts";
import { findModules } from "../../src/modules/find-modules.ts";
import { guessKind } from "../../src/modules/kinds.ts";
import { parseCodeowners } from "../../src/modules/owners.ts";

const PLAIN: Config = {
  root: "/shop",
  tsconfig: "tsconfig.json",
  files: [],
  modules: [],
  kinds: {},
  overrides: [],
  leaves: [],
  keep: [],
  severities: [],
  runtime: "src/seamcut",
  baseline: "seamcut-baseline.json",
  checker: false,
  source: null,
};

const NEST = (name: string) => `@Module({}) export class ${name}Module {}`;
const ENTITY = "@Entity() export class Row {}";
const ENDPOINT = "@Controller() export class Api {}";

function find(files: Readonly<Record<string, string>>, change: Partial<Config> = {}) {
  const facts = Object.entries(files).map(([path, text]) => extractFile(path, text));
  return findModules(facts, { ...PLAIN, ...change }, () => []);
}

const rootsOf = (files: readonly string[], globs: readonly string[]) =>
  foldersByGlob(files, globs).map(({ root }) => root);

describe("modules by glob", () => {
  const FILES = [
    "src/main.ts",
    "src/orders/orders.ts",
    "src/orders/api/controller.ts",
    "src/endpoints/admin/admin.ts",
    "src/endpoints/public/public.ts",
    "lib/money/money.ts",
  ];

  test("`*` is one folder", () => {
    expect(rootsOf(FILES, ["src/*"])).toEqual(["src/endpoints", "src/orders"]);
  });

  test("a folder in which another glob finds modules is none itself", () => {
    expect(rootsOf(FILES, ["src/*", "src/endpoints/*"])).toEqual([
      "src/endpoints/admin",
      "src/endpoints/public",
      "src/orders",
    ]);
  });

  test("`!` excludes, `{a,b}` chooses, `**` is any depth", () => {
    expect(rootsOf(FILES, ["src/*", "!src/endpoints"])).toEqual(["src/orders"]);
    expect(rootsOf(FILES, ["{src,lib}/{orders,money}"])).toEqual(["lib/money", "src/orders"]);
    expect(rootsOf(FILES, ["src/**/admin"])).toEqual(["src/endpoints/admin"]);
  });

  test("leading `./` and trailing `/` mean nothing; a dot is a dot", () => {
    expect(rootsOf(FILES, ["./src/orders/"])).toEqual(["src/orders"]);
    expect(rootsOf(["srcXorders/a.ts"], ["src.orders"])).toEqual([]);
  });

  test("a glob without any folder is told", () => {
    expect(unmatchedGlobs(FILES, ["src/*", "src/orderz", "!src/gone"])).toEqual(["src/orderz"]);
  });

  test("ids are the last folder, or the path below the common part where that is not unique", () => {
    const { modules } = find(
      { "src/app/data/a.ts": "", "src/services/data/b.ts": "", "src/services/mail/c.ts": "" },
      { modules: ["src/app/*", "src/services/*"] },
    );
    expect(modules.map(({ id }) => id)).toEqual(["app/data", "mail", "services/data"]);
  });

  test("the deepest module owns a file; a file outside all belongs to none", () => {
    const found = find({ "src/a/x.ts": "", "src/a/b/y.ts": "", "src/z.ts": "" }, { modules: ["src/a", "src/a/b"] });
    expect(found.moduleOf("src/a/b/y.ts")).toBe("b");
    expect(found.moduleOf("src/z.ts")).toBeNull();
  });
});

describe("modules by structure", () => {
  test("folders with a NestJS module, and folders beside them; the application's own is none", () => {
    const { modules, moduleOf } = find({
      "src/app.module.ts": NEST("App"),
      "src/orders/orders.module.ts": NEST("Orders"),
      "src/orders/lines/lines.module.ts": NEST("Lines"),
      "src/stock/stock.module.ts": NEST("Stock"),
      "src/shared/money.ts": "",
    });
    expect(modules.map(({ id, evidence }) => [id, evidence[0]])).toEqual([
      ["orders", "holds the NestJS module OrdersModule"],
      ["shared", "a folder beside modules"],
      ["stock", "holds the NestJS module StockModule"],
    ]);
    expect(moduleOf("src/orders/lines/lines.module.ts")).toBe("orders");
    expect(moduleOf("src/app.module.ts")).toBeNull();
  });

  test("folders, where there is no framework; one that only groups is looked into", () => {
    const { modules } = find({
      "src/main.ts": "",
      "src/modules/orders/a.ts": "",
      "src/modules/stock/b.ts": "",
      "src/billing/c.ts": "",
    });
    expect(modules.map(({ root }) => root)).toEqual(["src/billing", "src/modules/orders", "src/modules/stock"]);
  });

  test("folders named by layer are told", () => {
    const layers = { "src/controllers/a.ts": "", "src/services/b.ts": "", "src/entities/c.ts": "" };
    expect(find(layers).diagnostics.map(({ code }) => code)).toEqual(["SC1005"]);
    expect(find(layers, { modules: ["src/*"] }).diagnostics).toEqual([]);
  });
});

describe("kinds", () => {
  const kindOf = (id: string, text = "", isNamed = false) => guessKind(id, [extractFile("a.ts", text)], isNamed).kind;

  test("by name, where nothing in the code speaks against it", () => {
    expect(kindOf("shared")).toBe("shared");
    expect(kindOf("core/mail")).toBe("infrastructure");
    expect(kindOf("migrations")).toBe("composition");
    expect(kindOf("orders")).toBe("domain");
  });

  test("entities and endpoints make a domain of any name", () => {
    expect(kindOf("shared", ENTITY)).toBe("domain");
    expect(kindOf("common", ENDPOINT)).toBe("domain");
    expect(kindOf("mail", ENDPOINT)).toBe("domain");
    expect(kindOf("app", ENTITY)).toBe("domain");
  });

  test("modules that the user named are domain unless told otherwise", () => {
    expect(kindOf("shared", "", true)).toBe("domain");
    const { modules } = find(
      { "src/shared/a.ts": "", "src/orders/b.ts": "" },
      { modules: ["src/*"], kinds: { shared: "shared" } },
    );
    expect(modules.map(({ id, kind }) => [id, kind])).toEqual([
      ["orders", "domain"],
      ["shared", "shared"],
    ]);
  });
});

describe("owners", () => {
  const ownersOf = parseCodeowners(`
# everything
*                 @shop/everyone   # the whole company
/src/orders/      @shop/orders @ann
src/*/api/        @shop/api
[Section]
/src/legacy/
docs/             docs@shop.example
`);

  test.each([
    ["src/stock", ["@shop/everyone"]],
    ["src/orders", ["@shop/orders", "@ann"]],
    ["src/orders/lines", ["@shop/orders", "@ann"]],
    ["src/orders/api", ["@shop/api"]],
    ["src/legacy", []],
    ["packages/docs", ["docs@shop.example"]],
  ])("of %s: the last rule that matches", (folder, owners) => {
    expect(ownersOf(folder)).toEqual(owners);
  });

  test("nobody, without a rule", () => {
    expect(parseCodeowners("/lib/ @shop/lib")("src/orders")).toEqual([]);
  });
});
