import { describe, expect, test } from "vitest";
import { parseCallId } from "../../src/baseline/call-id.ts";
import { findRenames } from "../../src/baseline/renames.ts";

const WAS = "orders:Orders.place->stock:Stock.reserve";
const present = {
  modules: new Set(["orders", "stock"]),
  symbols: new Set(["orders:Orders.place", "stock:Stock.release"]),
};
const pairs = (added: readonly string[], gone: readonly string[], change = {}) => [
  ...findRenames(added, gone, { ...present, ...change }),
];

describe("an id", () => {
  test("taken apart", () => {
    expect(parseCallId("app/orders:Orders.place->services/stock:reserve#3")).toEqual({
      from: "app/orders",
      caller: "Orders.place",
      to: "services/stock",
      callee: "reserve",
      number: 3,
    });
    expect(parseCallId("nonsense")).toBeNull();
  });
});

describe("a rename", () => {
  test("of the callee, whose old name is gone from the code", () => {
    const is = "orders:Orders.place->stock:Stock.hold";
    expect(pairs([is], [WAS])).toEqual([[is, WAS]]);
  });

  test("of the caller", () => {
    const is = "orders:Orders.submit->stock:Stock.reserve";
    expect(pairs([is], [WAS], { symbols: new Set(["orders:Orders.submit"]) })).toEqual([[is, WAS]]);
  });

  test("of a module", () => {
    const is = "orders:Orders.place->inventory:Stock.reserve";
    expect(pairs([is], [WAS], { modules: new Set(["orders", "inventory"]) })).toEqual([[is, WAS]]);
  });
});

describe("no rename", () => {
  test("where the old callee is still there: one call was removed and another one added", () => {
    expect(pairs(["orders:Orders.place->stock:Stock.hold"], ["orders:Orders.place->stock:Stock.release"])).toEqual([]);
  });

  test("where the old module is still there", () => {
    expect(pairs(["orders:Orders.place->inventory:Stock.reserve"], [WAS])).toEqual([]);
  });

  test("where two may be meant", () => {
    const two = ["orders:Orders.place->stock:Stock.hold", "orders:Orders.place->stock:Stock.lock"];
    expect(pairs(two, [WAS])).toEqual([]);
    expect(pairs([two[0] ?? ""], [WAS, "orders:Orders.place->stock:Stock.take"])).toEqual([]);
  });

  test("where both ends changed, or another one of several calls is meant", () => {
    expect(pairs(["orders:Orders.submit->stock:Stock.hold"], [WAS])).toEqual([]);
    expect(pairs(["orders:Orders.place->stock:Stock.hold#2"], [WAS])).toEqual([]);
  });
});
