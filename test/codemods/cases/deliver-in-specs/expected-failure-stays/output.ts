import { expect, it } from "vitest";
import { orders } from "./support";

it("refuses", async () => {
  await expect(orders.place({ sku: "gone" })).rejects.toThrow("not on sale");
  expect(() => orders.cancel("none", "")).toThrow();
});
