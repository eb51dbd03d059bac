import { expect, it } from "vitest";
import { orders, sent } from "./support";

it("tells the customer", async () => {
  const order = await orders.place({ sku: "lamp" });
  await orders.cancel(
    order.id,
    "no longer wanted",
  );
  expect(await sent()).toEqual(["placed", "cancelled"]);
});
