import { DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CustomersService } from "../src/customers";
import { InventoryService } from "../src/inventory";
import { Notification } from "../src/notifications";
import { OrdersService } from "../src/orders";
import { PaymentsService } from "../src/payments";
import { PricingService } from "../src/pricing";
import { ADA, createApp, type TestApp } from "./support/app";

describe("orders", () => {
  let shop: TestApp;
  let orders: OrdersService;
  const notificationsOf = (subjectId: string) =>
    shop.app.get(DataSource).getRepository(Notification).findBy({ subjectId });

  beforeAll(async () => {
    shop = await createApp();
    orders = shop.app.get(OrdersService);
  });
  afterAll(async () => shop.close());
  afterEach(() => {
    delete process.env.SHOP_NOTIFICATIONS;
  });

  it("takes the lines out of stock", async () => {
    const inventory = shop.app.get(InventoryService);
    const before = await inventory.available("MUG");
    await orders.place({ customerId: ADA, lines: [{ sku: "MUG", quantity: 2 }] });
    expect(await inventory.available("MUG")).toBe(before - 2);
  });

  it("tells the customer that the order was placed", async () => {
    const order = await orders.place({ customerId: ADA, lines: [{ sku: "MUG", quantity: 1 }] });
    const [message] = await notificationsOf(order.id);
    expect(message).toMatchObject({ kind: "order-placed", recipient: "ada@example.org", sent: false });
    expect(message?.body).toContain("9.00 EUR");
  });

  it("refuses what is out of stock, and keeps nothing of it", async () => {
    const inventory = shop.app.get(InventoryService);
    const lines = [
      { sku: "MUG", quantity: 1 },
      { sku: "CHAIR", quantity: 5 },
    ];
    const before = await inventory.available("MUG");
    await expect(orders.place({ customerId: ADA, lines })).rejects.toThrow("CHAIR is out of stock");
    expect(await inventory.available("MUG")).toBe(before);
  });

  it("refuses what is not on sale", async () => {
    await expect(orders.place({ customerId: ADA, lines: [{ sku: "SOFA", quantity: 1 }] })).rejects.toThrow(
      "not on sale",
    );
  });

  it("refuses a payment past the limit", async () => {
    await expect(orders.place({ customerId: ADA, lines: [{ sku: "CHAIR", quantity: 50 }] })).rejects.toThrow("refused");
  });

  it("cancels: stock comes back, the payment is refunded, the customer is told", async () => {
    const inventory = shop.app.get(InventoryService);
    const before = await inventory.available("LAMP");
    const order = await orders.place({ customerId: ADA, lines: [{ sku: "LAMP", quantity: 1 }] });
    await orders.cancel(order.id, "changed my mind");
    expect(await inventory.available("LAMP")).toBe(before);
    expect(await shop.app.get(PaymentsService).statusOf(order.id)).toBe("refunded");
    expect((await notificationsOf(order.id)).map((message) => message.kind).sort()).toEqual([
      "order-cancelled",
      "order-placed",
    ]);
  });

  it("does not cancel twice", async () => {
    const order = await orders.place({ customerId: ADA, lines: [{ sku: "MUG", quantity: 1 }] });
    await orders.cancel(order.id, "once");
    await expect(orders.cancel(order.id, "twice")).rejects.toThrow("is cancelled");
  });

  it("ships: the payment is captured and both messages are written", async () => {
    const order = await orders.place({ customerId: ADA, lines: [{ sku: "MUG", quantity: 1 }] });
    const shipmentId = await orders.ship(order.id);
    expect(await shop.app.get(PaymentsService).statusOf(order.id)).toBe("captured");
    expect((await notificationsOf(shipmentId))[0]?.kind).toBe("shipment-dispatched");
    expect((await orders.get(order.id)).status).toBe("shipped");
  });

  it("gives the customer's discount", async () => {
    const customers = shop.app.get(CustomersService);
    const customer = await customers.register("Linus@example.org", "Linus");
    await shop.app.get(PricingService).grantDiscount(customer.id, 10);
    const order = await orders.place({ customerId: customer.id, lines: [{ sku: "LAMP", quantity: 1 }] });
    expect(order.totalCents).toBe(3510);
  });

  it("refuses inactive customers and too many open orders", async () => {
    const customers = shop.app.get(CustomersService);
    const customer = await customers.register("alan@example.org", "Alan");
    for (let count = 0; count < 5; count++) {
      await orders.place({ customerId: customer.id, lines: [{ sku: "MUG", quantity: 1 }] });
    }
    const again = { customerId: customer.id, lines: [{ sku: "MUG", quantity: 1 }] };
    await expect(orders.place(again)).rejects.toThrow("too many open orders");
    await customers.deactivate(customer.id);
    await expect(orders.place(again)).rejects.toThrow("may not order");
  });
});
