import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, unresolvedOf } from "../support/analyze-fixture.ts";

describe("calls through dependency injection", () => {
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyzeFixture("resolution/injection");
  });

  const reached = (callee: string) => {
    const call = result.calls.find(({ to, callee: { symbol } }) => `${to}:${symbol}` === callee);
    return call && { via: call.via, file: call.callee.file };
  };

  test("constructor parameter", () => {
    expect(reached("customers:CustomersService.nameOf")).toEqual({
      via: "injection",
      file: "src/customers/customers.service.ts",
    });
  });

  test("property with @Inject()", () => {
    expect(reached("pricing:PricingService.price")?.via).toBe("injection");
  });

  test("forwardRef", () => {
    expect(reached("inventory:InventoryService.count")?.via).toBe("injection");
  });

  test("symbol token and interface with several implementations: the callee is the interface's member", () => {
    expect(reached("payments:PaymentGateway.charge")).toEqual({
      via: "token",
      file: "src/payments/payment-gateway.ts",
    });
  });

  test("the effect of an interface's member is what any implementation does", () => {
    const call = result.calls.find((candidate) => candidate.callee.symbol === "PaymentGateway.charge");
    expect(call?.facts.effect).toBe("write");
    expect(call?.verdict).toBe("command");
  });

  test("string token, useExisting", () => {
    expect(reached("mailing:SmtpMailer.send")?.via).toBe("token");
  });

  test("string token, useValue", () => {
    expect(reached("calendar:Holidays.isHoliday")?.via).toBe("token");
  });

  test("abstract class of the caller's module as token: the callee is its only implementation", () => {
    expect(reached("inventory:InventoryService.reserve")).toEqual({
      via: "interface",
      file: "src/inventory/inventory.service.ts",
    });
  });

  test("interface of the caller's module behind useFactory, without `implements`", () => {
    expect(reached("taxes:TaxTable.rateOf")).toEqual({ via: "token", file: "src/taxes/tax-table.ts" });
  });

  test("array of implementations behind one token", () => {
    expect(reached("shipping:Carrier.book")?.file).toBe("src/shipping/carrier.ts");
  });

  test("a token without a type is listed, not dropped", () => {
    expect(unresolvedOf(result, "CheckoutService.check")).toEqual(["this.untyped.send receiver-unknown"]);
  });

  test("nothing else is found", () => {
    expect(result.calls).toHaveLength(9);
  });
});
