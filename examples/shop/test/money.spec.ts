import { describe, expect, it } from "vitest";
import { normalizeSku } from "../src/catalog/sku";
import { roundPrice } from "../src/pricing/rounding";
import { formatCents, percentOf, sumCents } from "../src/shared";

describe("money", () => {
  it("adds and formats cents", () => {
    expect(formatCents(sumCents([199, 1]))).toBe("2.00 EUR");
  });

  it("rounds percentages and prices", () => {
    expect(percentOf(999, 10)).toBe(100);
    expect(roundPrice(3514)).toBe(3510);
  });

  it("knows one form of each sku", () => {
    expect(normalizeSku(" mug ")).toBe("MUG");
  });
});
