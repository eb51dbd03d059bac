import { describe, expect, it } from "vitest";
import { nameEvent } from "../../src/contracts/name-event.ts";

const named = (symbol: string, module = "orders", entities: readonly string[] = []) =>
  nameEvent({ module, symbol, entities });

describe("nameEvent", () => {
  it.each([
    ["OrdersService.place", "order-placed"],
    ["OrdersService.cancel", "order-cancelled"],
    ["placeOrder", "order-placed"],
    ["OrdersService.addLine", "line-added"],
    ["OrdersService.sendWeeklyReport", "weekly-report-sent"],
    ["OrdersService.handlePay", "order-paid"],
    ["OrdersService.onPaymentFailed", "payment-failed"],
    ["OrdersService.orderPlaced", "order-placed"],
    ["OrdersService.createV2Invoice", "v2-invoice-created"],
    ["OrdersService.syncSKU", "sku-synced"],
  ])("%s → %s", (symbol, name) => {
    expect(named(symbol).name).toBe(name);
  });

  it("is about the entity that the module is named after", () => {
    expect(named("OrdersService.place", "orders", ["OrderLine", "Order"]).subject).toBe("order");
  });

  it("is about the only entity that is written, where the module is named otherwise", () => {
    expect(named("DeskService.close", "desk", ["TicketEntity"])).toEqual({ name: "ticket-closed", subject: "ticket" });
  });

  it("is about the module, where several entities are written", () => {
    expect(named("DeskService.close", "back-office/desk", ["Ticket", "Note"]).name).toBe("desk-closed");
  });

  it("makes one of many: companies, addresses, statuses", () => {
    expect(named("Service.close", "companies").subject).toBe("company");
    expect(named("Service.close", "addresses").subject).toBe("address");
    expect(named("Service.close", "user-statuses").subject).toBe("user-status");
  });
});
