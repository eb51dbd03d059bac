import { describe, expect, test } from "vitest";
import { GETTER, reactsByName, VALIDATOR } from "../../src/classify/names.ts";

describe("names that say that a callee reacts", () => {
  test.each([
    "OrdersService.orderPlaced",
    "StockService.onOrderShipped",
    "MailService.sendInvoice",
    "AuditLog.add",
    "SearchService.reindex",
    "ReportingService.record",
    "CustomersService.setLastActivity",
    "StockService.raiseLowStockAlert",
  ])("%s", (symbol) => {
    expect(reactsByName(symbol)).toBe(true);
  });

  test.each([
    "StockService.reserve",
    "PaymentsService.refund",
    "AuditLog.find",
    "OrdersService.need",
    "place",
    "StockService.discardIfCreated",
    "AnalyticsService.initialize",
  ])("not %s", (symbol) => {
    expect(reactsByName(symbol)).toBe(false);
  });
});

test("checks and questions are told by whole words", () => {
  expect(VALIDATOR.test("assertOnSale")).toBe(true);
  expect(VALIDATOR.test("checkout")).toBe(false);
  expect(GETTER.test("getPrice")).toBe(true);
  expect(GETTER.test("gettext")).toBe(false);
});
