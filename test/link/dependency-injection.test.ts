import { expect, test } from "vitest";
import { resolvedCalls } from "../support/analyze-fixture.ts";

// Each form of injection by itself, by the linker alone.

test("constructor parameters: as properties, assigned to fields, optional, and called at once", async () => {
  expect(await resolvedCalls("constructor-injection")).toEqual([
    "OrdersService.constructor → notifications:MailService.orderPlaced (injection)",
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → notifications:MailService.orderPlaced (injection)",
    "OrdersService.place → audit:AuditService.record (injection)",
    "OrdersService.place → pricing:PricingService.priceOf (injection)",
  ]);
});

test("decorated properties and setters", async () => {
  expect(await resolvedCalls("property-injection")).toEqual([
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → notifications:MailService.orderPlaced (injection)",
    "OrdersService.place → pricing:PricingService.priceOf (injection)",
  ]);
});

test("useClass, for a symbol and for an abstract class, without implements", async () => {
  expect(await resolvedCalls("use-class")).toEqual([
    "OrdersService.ship → shipping:ParcelCarrier.book (token)",
    "OrdersService.ship → taxes:TableRates.rateOf (interface)",
  ]);
});

test("useExisting, through an interface and through a class", async () => {
  expect(await resolvedCalls("use-existing")).toEqual([
    "OrdersService.place → notifications:SmtpMailer.send (token)",
    "OrdersService.place → accounting:Ledger.book (token)",
  ]);
});

test("useFactory: a promise, a function of its own, and what it is injected with", async () => {
  expect(await resolvedCalls("use-factory")).toEqual([
    "OrdersService.place → inventory:InventoryService.reserve (interface)",
    "OrdersService.place → calendar:Calendar.today (token)",
    "OrdersService.place → taxes:TaxTable.rateOf (token)",
  ]);
});

test("useValue: an instance and an object literal", async () => {
  expect(await resolvedCalls("use-value")).toEqual([
    "OrdersService.place → calendar:GermanHolidays.isHoliday (token)",
    "OrdersService.place → numbering:numbers.next (token)",
  ]);
});

test("symbols, texts, members of an object, static properties and enum members as tokens", async () => {
  expect(await resolvedCalls("tokens")).toEqual([
    "OrdersService.pay → payments:PaymentGateway.charge (token)",
    "OrdersService.pay → marketing:VoucherBook.redeem (token)",
    "OrdersService.pay → marketing:VoucherBook.redeem (token)",
    "OrdersService.pay → refunds:RefundDesk.refund (token)",
    "OrdersService.pay → payments:PaymentGateway.charge (token)",
    "OrdersService.pay → accounting:GeneralLedger.book (token)",
  ]);
});

test("abstract classes as tokens: the only implementation where the caller's module declares them", async () => {
  expect(await resolvedCalls("abstract-class-provider")).toEqual([
    "OrderArchive.storeAll → archiving:DiskArchive.store (interface)",
    "OrdersService.close → archiving:DiskArchive.store (interface)",
    "OrdersService.close → caching:Cache.drop (interface)",
    "OrdersService.close → caching:Cache.clear (interface)",
  ]);
});

test("an interface of the caller's module leads to its only implementation", async () => {
  expect(await resolvedCalls("interface-one-implementation")).toEqual([
    "OrdersService.place → inventory:Warehouse.reserve (interface)",
    "OrdersService.place → accounting:Ledger.book (interface)",
    "OrdersService.cancel → inventory:Warehouse.release (interface)",
  ]);
});

test("an interface with several implementations: one call", async () => {
  expect(await resolvedCalls("interface-several-implementations")).toEqual([
    "OrdersService.place → mailing:MailNotifier.notify (interface)",
    "OrdersService.place → payments:Gateway.charge (injection)",
  ]);
});

test("object literals that are kept or returned implement ports; options and data with functions in it do not", async () => {
  expect(await resolvedCalls("interface-object-literals")).toEqual([
    "main → billing:createInvoices (import)",
    "main → orders:OrdersService.place (import)",
    "OrdersService.place → inventory:warehouse.reserve (interface)",
    "OrdersService.place → billing:write (interface)",
  ]);
});

test("forwardRef, both ways round a cycle", async () => {
  expect(await resolvedCalls("forward-ref")).toEqual([
    "InvoicesService.write → orders:OrdersService.exists (injection)",
    "OrdersService.place → invoices:InvoicesService.write (injection)",
    "OrdersService.place → invoices:InvoicesService.write (injection)",
  ]);
});

test("moduleRef.get, resolve and create", async () => {
  expect(await resolvedCalls("module-ref")).toEqual([
    "OrdersService.kept → reports:ReportsService.print (injection)",
    "OrdersService.got → reports:ReportsService.print (injection)",
    "OrdersService.resolved → reports:ReportsService.print (injection)",
    "OrdersService.created → reports:ReportsService.print (injection)",
    "OrdersService.byToken → reports:ReportsService.print (injection)",
    "OrdersService.byType → reports:ReportsService.print (injection)",
  ]);
});

test("providers of forRoot, forRootAsync and register, of a helper, and pushed one by one", async () => {
  expect(await resolvedCalls("dynamic-modules")).toEqual([
    "OrdersService.place → storage:DiskStorage.save (token)",
    "OrdersService.place → mailing:SmtpMailer.send (interface)",
    "OrdersService.place → caching:MemoryCache.drop (token)",
    "OrdersService.place → searching:TextSearch.index (token)",
  ]);
});

test("tsyringe: inject, register, registerSingleton, registerInstance, resolve", async () => {
  expect(await resolvedCalls("tsyringe")).toEqual([
    "main → orders:OrdersService.place (import)",
    "main → inventory:InventoryService.reserve (import)",
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → mails:SmtpMails.send (token)",
    "OrdersService.place → texts:ShortTexts.text (token)",
    "OrdersService.place → printing:Printer.print (token)",
  ]);
});

test("InversifyJS: inject, bind().to, toConstantValue, toDynamicValue, get", async () => {
  expect(await resolvedCalls("inversify")).toEqual([
    "main → orders:OrdersService.place (import)",
    "main → orders:OrdersService.place (import)",
    "OrdersService.place → inventory:Warehouse.reserve (token)",
    "OrdersService.place → mails:SmtpMails.send (token)",
    "OrdersService.place → calendar:Calendar.today (token)",
  ]);
});

test("typedi: Service, Inject with a Token, Container.get and set", async () => {
  expect(await resolvedCalls("typedi")).toEqual([
    "main → orders:OrdersService.place (import)",
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → inventory:InventoryService.reserve (injection)",
    "OrdersService.place → mails:SmtpMails.send (token)",
    "OrdersService.place → inventory:InventoryService.reserve (import)",
  ]);
});
