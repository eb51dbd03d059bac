import { Test } from "@nestjs/testing";
import { DataSource } from "typeorm";
import { describe, expect, it, vi } from "vitest";
import { CatalogService } from "../src/catalog";
import { CustomersService } from "../src/customers";
import { NotificationsService } from "../src/notifications";
import { OrdersService, StockPort } from "../src/orders";
import { PaymentsService } from "../src/payments";
import { PricingService } from "../src/pricing";
import { ReportingService } from "../src/reporting";
import { ShippingService } from "../src/shipping/shipping.service";

describe("OrdersService alone", () => {
  it("authorizes the whole amount before anything is written", async () => {
    const manager = {
      save: vi.fn(async (_entity: unknown, row: object) => row),
      insert: vi.fn(async () => undefined),
      create: vi.fn((_entity: unknown, row: object) => row),
      countBy: vi.fn(async () => 0),
    };
    const dataSource = { manager, transaction: async (work: (m: typeof manager) => Promise<unknown>) => work(manager) };
    const authorize = vi.fn(async () => {
      expect(manager.save).not.toHaveBeenCalled();
    });
    const module = await Test.createTestingModule({
      providers: [
        OrdersService,
        { provide: DataSource, useValue: dataSource },
        { provide: CatalogService, useValue: { assertOnSale: vi.fn() } },
        {
          provide: CustomersService,
          useValue: { assertCanOrder: vi.fn(), get: async () => ({ id: "c1", email: "c@example.org" }) },
        },
        { provide: NotificationsService, useValue: { orderPlaced: vi.fn(), orderCancelled: vi.fn() } },
        { provide: PaymentsService, useValue: { authorize } },
        { provide: PricingService, useValue: { price: async () => [{ sku: "MUG", quantity: 3, priceCents: 900 }] } },
        { provide: ReportingService, useValue: { record: vi.fn() } },
        { provide: ShippingService, useValue: {} },
        { provide: StockPort, useValue: { reserve: vi.fn() } },
      ],
    }).compile();
    const order = await module.get(OrdersService).place({ customerId: "c1", lines: [{ sku: "MUG", quantity: 3 }] });
    expect(order.totalCents).toBe(2700);
    expect(authorize).toHaveBeenCalledWith(order.id, 2700);
  });
});
