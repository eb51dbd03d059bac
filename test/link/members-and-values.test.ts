import { expect, test } from "vitest";
import { resolvedCalls } from "../support/analyze-fixture.ts";

// Each form of reaching a member by itself, by the linker alone.

test("inherited members belong to the receiver's declared type, super to the parent", async () => {
  expect(await resolvedCalls("inheritance")).toEqual([
    "InvoicesRepository.write → orders:OrdersRepository.save (injection)",
    "InvoicesRepository.write → storage:BaseRepository.save (import)",
    "OrdersRepository.check → storage:BaseRepository.check (import)",
  ]);
});

test("members of mixins, and of what they are given, belong to the class that extends them", async () => {
  expect(await resolvedCalls("mixins")).toEqual([
    "OrdersService → auditing:WithAudit (import)",
    "OrdersService → locking:WithLocks (import)",
    "ReturnsService.take → orders:OrdersService.audit (injection)",
    "ReturnsService.take → orders:OrdersService.lock (injection)",
    "ReturnsService.take → orders:OrdersService.book (injection)",
  ]);
});

test("type arguments: inherited, of fields, elements and results, implied by arguments and constructors", async () => {
  expect(await resolvedCalls("generics")).toEqual([
    "OrdersService.inherited → customers:CustomersService.get (injection)",
    "OrdersService.inherited → customers:Customer.block (injection)",
    "OrdersService.field → storage:Repository.find (injection)",
    "OrdersService.field → customers:Customer.block (injection)",
    "OrdersService.elements → storage:Repository.all (injection)",
    "OrdersService.elements → customers:Customer.block (injection)",
    "OrdersService.nested → storage:Repository.page (injection)",
    "OrdersService.nested → customers:Customer.block (injection)",
    "OrdersService.implied → customers:Customer.block (import)",
    "OrdersService.keyed → customers:Customer.block (import)",
    "OrdersService.constructed → customers:Customer.block (import)",
    "OrdersService.saved → storage:Repository.save (injection)",
    "OrdersService.saved → customers:Customer.block (injection)",
  ]);
});

test("decorators and wrapping functions change nothing about what is called", async () => {
  expect(await resolvedCalls("wrapping-decorators")).toEqual([
    "InventoryService.release → kernel:traced (import)",
    "inventory.service → kernel:withRetry (import)",
    "inventory.service → kernel:traced (import)",
    "inventory.service → kernel:memoize (import)",
    "OrdersService.place → inventory:InventoryService.count (injection)",
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → inventory:InventoryService.release (injection)",
    "OrdersService.place → inventory:receive (import)",
    "OrdersService.place → inventory:takeTraced (import)",
    "OrdersService.place → inventory:warehouse (import)",
    "OrdersService.place → inventory:InventoryService.reserve (import)",
  ]);
});

test("methods under another name: destructured, renamed, deep, from results and parameters", async () => {
  expect(await resolvedCalls("destructured-methods")).toEqual([
    "OrdersService.destructured → inventory:InventoryService.reserve (injection)",
    "OrdersService.renamed → inventory:InventoryService.count (injection)",
    "OrdersService.alias → inventory:InventoryService.reserve (injection)",
    "OrdersService.twice → inventory:InventoryService.reserve (injection)",
    "OrdersService.fromObject → inventory:shelves.fill (import)",
    "OrdersService.fromObject → inventory:shelves.tidy (import)",
    "OrdersService.fromObject → inventory:clean (import)",
    "OrdersService.fromResult → inventory:useInventory (import)",
    "OrdersService.fromResult → inventory:InventoryService.reserve (import)",
    "OrdersService.fromResult → inventory:count (import)",
    "OrdersService.parameter → inventory:InventoryService.reserve (injection)",
    "OrdersService.parameter → inventory:InventoryService.reserve (injection)",
    "OrdersService.assigned → inventory:useInventory (import)",
    "OrdersService.assigned → inventory:InventoryService.count (import)",
    "OrdersService.fallback → inventory:InventoryService.count (injection)",
  ]);
});

test("?. and ! and as and ?? on the way", async () => {
  expect(await resolvedCalls("optional-chaining")).toEqual([
    "OrdersService.optional → notifications:Notifier.notify (injection)",
    "OrdersService.chained → notifications:Notifier.notify (injection)",
    "OrdersService.chained → notifications:Notifier.notify (injection)",
    "OrdersService.chained → notifications:Mails.send (injection)",
    "OrdersService.asserted → notifications:Notifier.notify (injection)",
    "OrdersService.asserted → notifications:Notifier.notify (injection)",
    "OrdersService.called → notifications:Notifier.onSent (injection)",
    "OrdersService.called → notifications:Notifier.notify (injection)",
    "OrdersService.keyed → notifications:Notifier.notify (injection)",
    "OrdersService.coalesced → notifications:Notifier.notify (injection)",
    "OrdersService.coalesced → notifications:Notifier.notify (injection)",
  ]);
});

test("a union is one call; narrowed or not", async () => {
  expect(await resolvedCalls("unions")).toEqual([
    "OrdersService.pay → payments:CardGateway.charge (injection)",
    "OrdersService.narrowedByClass → payments:InvoiceGateway.remind (import)",
    "OrdersService.narrowedByClass → payments:CardGateway.block (import)",
    "OrdersService.narrowedByKind → payments:CardGateway.block (import)",
    "OrdersService.narrowedByKind → payments:InvoiceGateway.remind (import)",
    "OrdersService.chosen → payments:CardGateway.charge (import)",
    "OrdersService.nullable → payments:CardGateway.charge (import)",
    "OrdersService.elements → payments:CardGateway.charge (import)",
  ]);
});

test("properties and variables that hold a function", async () => {
  expect(await resolvedCalls("function-properties")).toEqual([
    "OrdersService.place → inventory:StockPort.reserve (interface)",
    "OrdersService.place → inventory:StockPort.release (interface)",
    "OrdersService.place → inventory:StockPort.reserve (import)",
    "OrdersService.place → inventory:Hooks.onSoldOut (injection)",
    "OrdersService.place → inventory:Hooks.register (injection)",
    "OrdersService.place → inventory:countStock (import)",
  ]);
});

test("a function that is handed over is not called there", async () => {
  expect(await resolvedCalls("callbacks-by-reference")).toEqual([
    "OrdersService.handsToOther → inventory:onEach (import)",
    "OrdersService.callsInside → inventory:onEach (import)",
    "OrdersService.callsInside → inventory:InventoryService.rename (injection)",
    "OrdersService.callsInside → inventory:reserve (import)",
    "OrdersService.late → inventory:reserve (import)",
  ]);
});

test("bind, call and apply are calls of the method", async () => {
  expect(await resolvedCalls("bind")).toEqual([
    "OrdersService.bound → inventory:InventoryService.reserve (injection)",
    "OrdersService.partly → inventory:InventoryService.reserve (injection)",
    "OrdersService.called → inventory:InventoryService.reserve (injection)",
    "OrdersService.called → inventory:InventoryService.reserve (injection)",
    "OrdersService.plain → inventory:release (import)",
  ]);
});

test("getters and functions that make what they give when first asked", async () => {
  expect(await resolvedCalls("lazy-getters")).toEqual([
    "OrdersService.inventory → inventory:inventory (import)",
    "OrdersService.load → inventory:inventory (dynamic)",
    "OrdersService.getter → inventory:InventoryService.reserve (injection)",
    "OrdersService.shared → inventory:InventoryService.reserve (import)",
    "OrdersService.shared → inventory:inventory (import)",
    "OrdersService.shared → inventory:InventoryService.reserve (import)",
    "OrdersService.awaited → inventory:InventoryService.reserve (import)",
  ]);
});
