import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, calleesOf, unresolvedOf } from "../support/analyze-fixture.ts";

describe("members of own classes, interfaces and objects", () => {
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyzeFixture("resolution/members");
  });
  const called = (method: string) => calleesOf(result, `OrdersService.${method}`);
  const open = (method: string) => unresolvedOf(result, `OrdersService.${method}`);

  test("an inherited member belongs to its receiver's declared type", () => {
    expect(called("inherited")).toEqual(["catalog:CatalogService.list"]);
  });

  test("type arguments of an own generic class reach the elements", () => {
    expect(called("generic")).toEqual([
      "catalog:CatalogService.first",
      "catalog:Product.label",
      "catalog:CatalogService.list",
      "catalog:Product.label",
    ]);
  });

  test("optional chaining", () => {
    expect(called("optional")).toEqual(["catalog:CatalogService.search"]);
  });

  test("a union of classes is one call", () => {
    expect(called("union")).toEqual(["shipping:ParcelCarrier.quote"]);
  });

  test.each([
    ["destructured", "catalog:CatalogService.search"],
    ["renamed", "catalog:CatalogService.isActive"],
    ["alias", "catalog:CatalogService.search"],
    ["bound", "catalog:CatalogService.search"],
    ["boundAtOnce", "catalog:CatalogService.search"],
  ])("a method that was given another name first: %s", (method, callee) => {
    expect(called(method)).toEqual([callee]);
  });

  test("a method that is only handed over is not called there", () => {
    expect(called("byReference")).toEqual([]);
  });

  test("members of what a plain factory returns", () => {
    expect(called("factory")).toEqual(["ledger:createLedger", "ledger:open", "ledger:close"]);
  });

  test("lazy getter", () => {
    expect(called("getter")).toEqual(["catalog:CatalogService.search"]);
    expect(called("lazy")).toEqual(["catalog:createCatalog"]);
  });

  test("arrow-function property", () => {
    expect(called("arrow")).toEqual(["catalog:CatalogService.rename"]);
  });

  test("a literal key is a name", () => {
    expect(called("literal")).toEqual(["catalog:CatalogService.search"]);
  });

  test("a callback belongs to the named function around it", () => {
    expect(called("hands")).toEqual(["catalog:CatalogService.search"]);
    expect(called("handedOver")).toEqual([]);
  });

  test("a field's initialiser belongs to the field", () => {
    expect(called("ledger")).toEqual(["ledger:createLedger"]);
  });

  test("what could not be told is listed with its reason", () => {
    expect(open("computed")).toEqual(["this.catalog[…] computed-name"]);
    expect(open("foreign")).toEqual(["tracker.locate receiver-external"]);
    expect(open("anything")).toEqual(["it.search receiver-any"]);
  });
});
