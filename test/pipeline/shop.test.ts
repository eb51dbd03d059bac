import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import type { AnalysisResult, Verdict } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";

/** Every direct call of the example shop, each read and judged by hand; in order of location. */
const CALLS: readonly (readonly [string, Verdict])[] = [
  ["catalog:CatalogController.list->inventory:InventoryService.available", "query"],
  ["catalog:CatalogService.retire->inventory:InventoryService.available", "guard"],
  ["catalog:CatalogService.retire->reporting:ReportingService.record", "event"],
  ["customers:CustomersService.register->shared:newId", "pure"],
  ["customers:CustomersService.register->notifications:NotificationsService.customerWelcomed", "event"],
  ["customers:CustomersService.register->reporting:ReportingService.record", "event"],
  ["customers:CustomersService.deactivate->reporting:ReportingService.record", "event"],
  ["inventory:InventoryService.reserve->shared:newId", "pure"],
  ["inventory:StockWatch.noteLowStock->reporting:ReportingService.record", "event"],
  ["notifications:NotificationsService.orderPlaced->shared:formatCents", "pure"],
  ["notifications:NotificationsService.paymentReceived->shared:formatCents", "pure"],
  ["notifications:NotificationsService.write->shared:newId", "pure"],
  ["orders:OrdersController.get->payments:PaymentsService.statusOf", "query"],
  ["orders:OrdersController.get->shared:formatCents", "pure"],
  ["orders:OrdersService.place->customers:CustomersService.assertCanOrder", "guard"],
  ["orders:OrdersService.place->catalog:CatalogService.assertOnSale", "guard"],
  ["orders:OrdersService.place->customers:CustomersService.get", "query"],
  ["orders:OrdersService.place->pricing:PricingService.price", "query"],
  ["orders:OrdersService.place->shared:newId", "pure"],
  ["orders:OrdersService.place->shared:sumCents", "pure"],
  ["orders:OrdersService.place->payments:PaymentsService.authorize", "command"],
  ["orders:OrdersService.place->inventory:InventoryService.reserve", "command"],
  ["orders:OrdersService.place->shared:newId#2", "pure"],
  ["orders:OrdersService.place->notifications:NotificationsService.orderPlaced", "event"],
  ["orders:OrdersService.place->reporting:ReportingService.record", "event"],
  ["orders:OrdersService.cancel->customers:CustomersService.get", "query"],
  ["orders:OrdersService.cancel->inventory:InventoryService.release", "command"],
  ["orders:OrdersService.cancel->payments:PaymentsService.refund", "command"],
  ["orders:OrdersService.cancel->notifications:NotificationsService.orderCancelled", "event"],
  ["orders:OrdersService.ship->customers:CustomersService.get", "query"],
  ["orders:OrdersService.ship->payments:PaymentsService.capture", "command"],
  ["orders:OrdersService.ship->shipping:ShippingService.dispatch", "command"],
  ["payments:FakeGateway.authorize->shared:newId", "pure"],
  ["payments:PaymentsService.authorize->shared:newId", "pure"],
  ["payments:PaymentsService.capture->notifications:NotificationsService.paymentReceived", "event"],
  ["payments:PaymentsService.capture->reporting:ReportingService.record", "event"],
  ["pricing:PricingService.price->catalog:CatalogService.bySkus", "query"],
  ["pricing:PricingService.price->catalog:normalizeSku", "pure"],
  ["pricing:PricingService.price->shared:percentOf", "pure"],
  ["pricing:PricingService.grantDiscount->customers:CustomersService.isActive", "guard"],
  ["pricing:PricingService.grantDiscount->shared:newId", "pure"],
  ["reporting:ReportingService.record->shared:newId", "pure"],
  ["reporting:ReportingService.revenueToday->shared:startOfDay", "pure"],
  ["reporting:ReportingService.revenueToday->shared:sumCents", "pure"],
  ["reporting:WeeklyReport.render->catalog:CatalogService.list", "query"],
  ["reporting:WeeklyReport.render->shared:formatCents", "pure"],
  ["scripts:main->orders:OrdersService.place", "command"],
  ["shipping:ShippingService.dispatch->orders:OrdersService.get", "guard"],
  ["shipping:ShippingService.dispatch->shared:newId", "pure"],
  ["shipping:ShippingService.dispatch->notifications:NotificationsService.shipmentDispatched", "event"],
  ["shipping:ShippingService.dispatch->reporting:ReportingService.record", "event"],
  ["shipping:ShippingService.costs->orders:OrdersService.get", "query"],
  ["shipping:ShippingService.costs->shared:formatCents", "pure"],
  ["shipping:ShippingService.costs->shared:formatCents#2", "pure"],
];

describe("the example shop", () => {
  const cwd = path.resolve(import.meta.dirname, "../../examples/shop");
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyze(await loadConfig({ cwd, config: false, checker: false }));
  });

  test("every call is found, and nothing else", () => {
    expect(result.calls.map((call) => call.id)).toEqual(CALLS.map(([id]) => id));
  });

  test.each(CALLS)("%s: %s", (id, verdict) => {
    expect(result.calls.find((call) => call.id === id)?.verdict).toBe(verdict);
  });

  test("what could not be told are the look-ups of the scripts in the container", () => {
    expect(result.unresolved.map(({ id, reason }) => [id, reason])).toEqual([
      ["scripts:main->?:app.get", "receiver-external"],
      ["scripts:main->?:app.get#2", "receiver-external"],
      ["scripts:main~2->?:app.get", "receiver-external"],
    ]);
  });

  test("the checker knows them as the container's own", async () => {
    const checked = await analyze(await loadConfig({ cwd, config: false }));
    expect(checked.unresolved).toEqual([]);
    expect(checked.calls).toEqual(result.calls);
  });

  test("modules, kinds and owners", () => {
    expect(result.modules.map(({ id, kind, owners }) => [id, kind, ...owners])).toEqual([
      ["catalog", "domain", "@shop/catalog"],
      ["config", "infrastructure"],
      ["customers", "domain", "@shop/customers"],
      ["inventory", "domain", "@shop/warehouse"],
      ["migrations", "composition"],
      ["notifications", "domain", "@shop/platform"],
      ["orders", "domain", "@shop/orders"],
      ["payments", "domain", "@shop/payments"],
      ["pricing", "domain", "@shop/catalog"],
      ["reporting", "domain", "@shop/platform"],
      ["scripts", "composition"],
      ["shared", "shared"],
      ["shipping", "domain", "@shop/orders"],
    ]);
  });
});
