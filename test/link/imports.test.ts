import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, calleesOf, idsOf, unresolvedOf } from "../support/analyze-fixture.ts";

describe("callees through imports", () => {
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyzeFixture("resolution/imports");
  });
  const called = (caller: string) => calleesOf(result, caller);

  test("through `export *` over two barrels and a tsconfig path", () => {
    expect(called("named")).toEqual(["billing:addTax"]);
    expect(result.calls.find((call) => call.caller.symbol === "named")?.callee.file).toBe("src/billing/inner/tax.ts");
  });

  test("re-exports under another name, of a default too, go by the declared name", () => {
    expect(called("renamed")).toEqual(["billing:writeInvoice", "billing:remind"]);
  });

  test("`.js` that means `.ts`", () => {
    expect(called("extension")).toEqual(["billing:addTax"]);
  });

  test("`export * as`", () => {
    expect(called("starAs")).toEqual(["billing:nextNumber"]);
  });

  test("namespace import", () => {
    expect(called("namespaced")).toEqual(["billing:addTax"]);
    expect(result.calls.find((call) => call.caller.symbol === "namespaced")?.via).toBe("namespace");
  });

  test("default import", () => {
    expect(called("defaulted")).toEqual(["billing:remind"]);
  });

  test("`export =` of a value", () => {
    expect(called("exportEquals")).toEqual(["legacy:Rates.of"]);
  });

  test("require", () => {
    expect(called("required")).toEqual(["reports:monthly"]);
  });

  test("import() with destructuring, and with then", () => {
    expect(called("dynamic")).toEqual(["reports:monthly", "reports:Yearly.total"]);
    expect(result.calls.find((call) => call.caller.symbol === "dynamic")?.via).toBe("dynamic");
    expect(called("dynamicThen")).toEqual(["reports:monthly"]);
  });

  test("imports of own code that lead nowhere are a diagnostic, and their calls are listed", () => {
    expect(unresolvedOf(result, "missing")).toEqual(["gone import-not-found", "billing.addTax import-not-found"]);
    expect(result.diagnostics.map(({ code, message }) => `${code} ${message}`)).toContain(
      "SC1002 src/orders/place.ts imports ../billing/gone, which is not there",
    );
  });
});

describe("rings", () => {
  test("circular imports, re-exports and base classes end", async () => {
    const result = await analyzeFixture("resolution/rings");
    expect(idsOf(result)).toEqual([
      "invoicing:Invoices.again->orders:Orders.place",
      "orders:Orders.place->invoicing:Invoices.write",
    ]);
  });
});

describe("a NestJS shop", () => {
  test("every call is found, or listed as unresolved", async () => {
    const result = await analyzeFixture("resolution/nest-shop");
    expect(idsOf(result)).toEqual([
      "orders:OrdersService.place->inventory:InventoryService.normalize",
      "orders:OrdersService.place->inventory:InventoryService.available",
      "orders:OrdersService.place->inventory:InventoryService.reserve",
      "orders:OrdersService.place->notifications:Notifier.notify",
      "orders:OrdersService.place->inventory:InventoryService.onLowStock",
      "orders:OrdersService.place->pricing:format",
      "orders:OrdersService.place->pricing:addTax",
      "orders:OrdersService.restock->inventory:InventoryService.reserve",
      "orders:OrdersService.restock->inventory:InventoryService.available",
    ]);
    expect(unresolvedOf(result, "OrdersService.place")).toEqual(["this.anything.reserve receiver-any"]);
  });
});
