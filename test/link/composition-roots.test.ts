import { expect, test } from "vitest";
import { resolvedCalls } from "../support/analyze-fixture.ts";

// Code without a framework's injection: services arrive as arguments and in objects.

test("functions that take dependencies and return an object of functions, or a function", async () => {
  expect(await resolvedCalls("plain-factories")).toEqual([
    "main → database:createDatabase (import)",
    "main → orders:createOrdersRepository (import)",
    "main → invoices:createInvoicesService (import)",
    "main → mails:createMails (import)",
    "main → checkout:createCheckoutService (import)",
    "main → checkout:checkout (import)",
    "main → checkout:makeCheckout (import)",
    "main → checkout:makeCheckout (import)",
    "createCheckoutService → orders:save (injection)",
    "createCheckoutService → orders:find (injection)",
    "createCheckoutService → mails:mails.send (injection)",
    "createCheckoutService → mails:mails.send (injection)",
    "createCheckoutService → invoices:InvoicesService.write (interface)",
    "makeCheckout → orders:save (injection)",
    "makeCheckout → invoices:InvoicesService.write (interface)",
    "createOrdersRepository → database:Database.query (interface)",
    "createOrdersRepository → database:Database.query (interface)",
  ]);
});

test("Express: services handed to routes, controllers and handlers", async () => {
  expect(await resolvedCalls("express-composition")).toEqual([
    "main → http:ordersRoutes (import)",
    "main → orders:OrdersService.place (injection)",
    "ordersRoutes → orders:OrdersService.place (injection)",
    "ordersRoutes → inventory:InventoryService.count (injection)",
    "StockController.count → inventory:InventoryService.count (injection)",
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
  ]);
});

test("awilix: members of the cradle, destructured or not", async () => {
  expect(await resolvedCalls("awilix")).toEqual([
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → mails:send (injection)",
    "ReturnsService.take → inventory:InventoryService.reserve (injection)",
    "ReturnsService.take → mails:send (injection)",
  ]);
});

test("Fastify: members that own code declares on a library's interface", async () => {
  expect(await resolvedCalls("fastify-decorate")).toEqual([
    "main → mails:createMails (import)",
    "stockRoutes → inventory:InventoryService.reserve (injection)",
  ]);
});

test("handlers that receive services in an object of dependencies", async () => {
  expect(await resolvedCalls("context-object")).toEqual([
    "placeOrder → checkout:checkout (import)",
    "createDeps → orders:createOrdersRepository (import)",
    "checkout → inventory:InventoryService.reserve (injection)",
    "checkout → orders:save (injection)",
    "cancel → orders:find (injection)",
    "refund → inventory:InventoryService.reserve (injection)",
    "refund → orders:find (injection)",
    "archive → orders:find (interface)",
    "archive → orders:save (interface)",
  ]);
});

test("awilix: what the container gives is told by the checker", async () => {
  const linked = await resolvedCalls("awilix");
  const settled = await resolvedCalls("awilix", { checker: true });
  expect(settled).toEqual(
    expect.arrayContaining([
      "main → orders:OrdersService.place (import)",
      "main → orders:OrdersService.place (import)",
      "main → inventory:InventoryService.reserve (import)",
    ]),
  );
  expect(settled.length - linked.length).toBe(3);
});

test("Fastify: handlers that a library types are told by the checker", async () => {
  const linked = await resolvedCalls("fastify-decorate");
  const settled = await resolvedCalls("fastify-decorate", { checker: true });
  expect(settled).toEqual(
    expect.arrayContaining([
      "main → inventory:InventoryService.reserve (import)",
      "ordersRoutes → inventory:InventoryService.reserve (injection)",
      "ordersRoutes → mails:send (injection)",
      "stockRoutes → mails:send (injection)",
    ]),
  );
  expect(settled.length - linked.length).toBe(5);
});

test("Hono and tRPC: what a library's context holds is told by the checker", async () => {
  const linked = await resolvedCalls("context-object");
  const settled = await resolvedCalls("context-object", { checker: true });
  expect(settled).toEqual(
    expect.arrayContaining([
      "orders.hono → inventory:InventoryService.reserve (injection)",
      "orders.hono → orders:find (import)",
      "placeOrder → inventory:InventoryService.reserve (injection)",
      "placeOrder → orders:find (injection)",
      "orders.trpc → orders:find (injection)",
      "orders.trpc → inventory:InventoryService.reserve (injection)",
      "orders.trpc → orders:save (injection)",
    ]),
  );
  expect(settled.length - linked.length).toBe(7);
});
