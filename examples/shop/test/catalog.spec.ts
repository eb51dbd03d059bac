import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CatalogService } from "../src/catalog";
import { InventoryService, StockWatch } from "../src/inventory";
import { ReportingService, WeeklyReport } from "../src/reporting";
import { createApp, type TestApp } from "./support/app";

describe("catalog, stock and reports", () => {
  let shop: TestApp;
  beforeAll(async () => {
    shop = await createApp();
  });
  afterAll(async () => shop.close());

  it("lists what is on sale, with stock, over HTTP", async () => {
    await shop.app.listen(0, "127.0.0.1");
    const answer = await fetch(`${await shop.app.getUrl()}/catalog`);
    expect(await answer.json()).toMatchObject([{ sku: "CHAIR", available: 4 }, { sku: "LAMP" }, { sku: "MUG" }]);
  });

  it("answers unknown orders with an error", async () => {
    const answer = await fetch(`${await shop.app.getUrl()}/orders/00000000-0000-4000-8000-00000000ffff`);
    expect(answer.status).toBe(500);
  });

  it("does not retire what is in stock", async () => {
    await expect(shop.app.get(CatalogService).retire("LAMP")).rejects.toThrow("still in stock");
  });

  it("notes what runs low", async () => {
    await shop.app.get(InventoryService).restock("CHAIR", -3);
    expect(await shop.app.get(StockWatch).noteLowStock()).toBe(1);
  });

  it("renders the weekly report", async () => {
    await shop.app.get(ReportingService).record("order-placed", "someone", 1250);
    expect(await shop.app.get(WeeklyReport).render(new Date())).toBe("12.50 EUR today, 3 products on sale");
  });
});
