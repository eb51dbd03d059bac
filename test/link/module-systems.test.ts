import { cpSync } from "node:fs";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { fixturePath, idsOf, resolvedCalls } from "../support/analyze-fixture.ts";
import { writeTree } from "../support/tree.ts";

// What names of modules lead to.

test("barrels, export *, renamed, default and namespace re-exports, a ring among them", async () => {
  expect(await resolvedCalls("barrels")).toEqual([
    "place → stock:reserve (import)",
    "place → stock:reserve (import)",
    "place → stock:release (import)",
    "place → billing:remind (import)",
    "place → billing:next (import)",
    "place → billing:remind (import)",
    "place → billing:Invoice.open (import)",
    "place → billing:Invoice.lines (import)",
    "place → billing:InvoiceLine.total (import)",
    "place → billing:default (import)",
  ]);
});

test("namespace imports, namespaces of namespaces, import = require", async () => {
  expect(await resolvedCalls("namespace-imports")).toEqual([
    "place → billing:write (namespace)",
    "place → billing:remind (namespace)",
    "place → billing:write (namespace)",
    "place → billing:Ledger.open (namespace)",
    "place → billing:Ledger.book (namespace)",
    "place → billing:remind (namespace)",
    "place → billing:Ledger.book (namespace)",
    "place → billing:of (namespace)",
    "place → legacy:Table.of (import)",
  ]);
});

test("default imports of classes, constants, objects, instances and functions", async () => {
  expect(await resolvedCalls("default-imports")).toEqual([
    "place → billing:addTax (import)",
    "place → billing:addTax (import)",
    "place → billing:addTax (namespace)",
    "place → billing:Invoices.remind (import)",
    "place → billing:Invoice.of (import)",
    "place → billing:Invoice.send (import)",
    "place → billing:next (import)",
    "place → billing:today (import)",
  ]);
});

test("import(): awaited, chained, destructured, together with others, behind a function", async () => {
  expect(await resolvedCalls("dynamic-import")).toEqual([
    "awaited → reports:monthly (dynamic)",
    "awaited → reports:Yearly.total (dynamic)",
    "direct → reports:monthly (dynamic)",
    "defaulted → reports:quarterly (dynamic)",
    "defaulted → reports:quarterly (dynamic)",
    "chained → reports:monthly (dynamic)",
    "destructured → reports:monthly (dynamic)",
    "together → reports:monthly (dynamic)",
    "lazily → reports:monthly (dynamic)",
    "lazily → reports:monthly (dynamic)",
  ]);
});

test("require in TypeScript", async () => {
  expect(await resolvedCalls("require")).toEqual([
    "close → reports:monthly (import)",
    "close → reports:monthly (import)",
    "close → reports:monthly (import)",
    "close → legacy:of (import)",
  ]);
});

test("CommonJS in JavaScript that allowJs makes own code", async () => {
  expect(await resolvedCalls("allow-js")).toEqual([
    "place → legacy:addTax (import)",
    "place → legacy:round (import)",
    "place → legacy:TaxTable.rateOf (import)",
    "place → legacy:next (namespace)",
    "place → legacy:last (namespace)",
    "place → legacy:Dunning.remind (import)",
    "take → legacy:addTax (import)",
    "take → legacy:next (import)",
    "take → legacy:default (import)",
    "take → orders:place (import)",
    "take → legacy:Dunning.remind (import)",
  ]);
});

test("tsconfig paths: folders, files, several targets, a prefix", async () => {
  expect(await resolvedCalls("tsconfig-paths")).toEqual([
    "place → invoicing:remind (import)",
    "place → invoicing:remind (import)",
    "place → inventory:reserve (import)",
    "place → inventory:reserve (import)",
  ]);
});

test("baseUrl, with paths relative to it", async () => {
  expect(await resolvedCalls("base-url")).toEqual([
    "place → invoicing:remind (import)",
    "place → inventory:reserve (import)",
  ]);
});

test("paths from the second of two bases, two files up", async () => {
  expect(await resolvedCalls("extends-chain")).toEqual([
    "place → invoicing:remind (import)",
    "place → inventory:reserve (import)",
  ]);
});

test("one alias that means another folder in each project", async () => {
  expect(await resolvedCalls("project-paths", { modules: ["shop/src/*", "office/app/*"] })).toEqual([
    "take → office/app/stock:reserve (import)",
    "take → orders:place (import)",
    "place → shop/src/stock:reserve (import)",
  ]);
});

test("references that lead from one project to another", async () => {
  expect(await resolvedCalls("project-references", { modules: ["packages/*"] })).toEqual([
    "place → stock:reserve (import)",
  ]);
});

test("workspace packages lead to their source, whatever main and exports point at", async () => {
  expect(await resolvedCalls("workspace-packages", { modules: ["packages/*", "apps/*"] })).toEqual([
    "OrdersService.place → stock:InventoryService.reserve (injection)",
    "OrdersService.place → sources:Catalog.find (injection)",
    "OrdersService.place → billing:write (import)",
    "OrdersService.place → billing:remind (import)",
    "OrdersService.place → billing:rateOf (import)",
    "OrdersService.place → kernel:today (import)",
    "OrdersService.place → stock:fakeStock (import)",
  ]);
});

test("#aliases of package.json, to source and to what is built from it", async () => {
  expect(await resolvedCalls("package-imports")).toEqual([
    "place → invoicing:remind (import)",
    "place → inventory:reserve (import)",
    "place → reports:monthly (import)",
  ]);
});

test("a package that imports itself by name", async () => {
  expect(await resolvedCalls("package-exports")).toEqual([
    "place → invoicing:remind (import)",
    "place → inventory:reserve (import)",
  ]);
});

test("types that only a comment names are told by the checker", async () => {
  expect(await resolvedCalls("allow-js", { checker: true })).toContain("refund → legacy:TaxTable.rateOf (import)");
});

test("several tsconfigs: what is imported beyond the one that is read goes by the one beside it", async () => {
  const config = await loadConfig({ cwd: fixturePath("resolution/several-tsconfigs"), tsconfig: "admin" });
  const result = await analyze({ ...config, modules: ["src/*", "admin/*"], checker: false });
  expect(idsOf(result)).toEqual(["desk:serve->till:close", "desk:serve->orders:place", "orders:place->stock:reserve"]);
});

test("several tsconfigs: one that leaves files out", async () => {
  const all = await resolvedCalls("several-tsconfigs");
  expect(all).toEqual(["place → stock:reserve (import)", "monthly → orders:place (import)"]);
  expect(await resolvedCalls("several-tsconfigs", { tsconfig: "tsconfig.build.json" })).toEqual(all.slice(0, 1));
});

test("no tsconfig at all: files named by globs, aliases from package.json", async () => {
  const cwd = writeTree({ "package.json": "{}" });
  cpSync(fixturePath("resolution/no-tsconfig"), cwd, { recursive: true });
  const config = await loadConfig({ cwd, files: ["src/**/*.ts"] });
  expect(config.tsconfig).toBeNull();
  expect(idsOf(await analyze(config))).toEqual([
    "orders:place->inventory:reserve",
    "orders:place->billing:Invoices.write",
  ]);
});

test("the index of a folder has one path, however it is imported", async () => {
  const cwd = writeTree({
    "tsconfig.json": '{ "include": ["src/main.ts"] }',
    "src/main.ts": 'import "./orders/place";\n',
    "src/stock/index.ts": 'import "./reserve";\nexport const stored = (sku: string): string => sku;\n',
    "src/stock/reserve.ts": 'import { stored } from "./";\nexport const reserve = (sku: string) => stored(sku);\n',
    "src/orders/place.ts":
      'import { stored } from "../stock/";\nimport { reserve } from "../stock/reserve";\nexport const place = () => reserve(stored("lamp"));\n',
  });
  const result = await analyze(await loadConfig({ cwd, modules: ["src/*"] }));
  expect(result.calls.map(({ callee }) => callee.file)).toEqual(["src/stock/reserve.ts", "src/stock/index.ts"]);
});
