import { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CustomersService } from "../src/customers";
import { Notification, NotificationSender } from "../src/notifications";
import { ADA, createApp, type TestApp } from "./support/app";

describe("customers", () => {
  let shop: TestApp;
  let customers: CustomersService;
  beforeAll(async () => {
    shop = await createApp();
    customers = shop.app.get(CustomersService);
  });
  afterAll(async () => shop.close());

  it("welcomes a new customer", async () => {
    const customer = await customers.register("Barbara@Example.org", "Barbara");
    expect(customer.email).toBe("barbara@example.org");
    const rows = await shop.app.get(DataSource).getRepository(Notification).findBy({ subjectId: customer.id });
    expect(rows.map((row) => row.kind)).toEqual(["welcome"]);
  });

  it("sends what waits, once", async () => {
    const sender = shop.app.get(NotificationSender);
    expect(await sender.sendWaiting()).toBe(1);
    expect(await sender.sendWaiting()).toBe(0);
  });

  it("knows who is active", async () => {
    expect(await customers.isActive(ADA)).toBe(true);
    await customers.deactivate(ADA);
    expect(await customers.isActive(ADA)).toBe(false);
  });

  it("does not know strangers", async () => {
    await expect(customers.get("00000000-0000-4000-8000-00000000ffff")).rejects.toThrow("does not exist");
  });
});
