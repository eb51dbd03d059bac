import { expect, it } from "vitest";
import { orders, sent } from "./support";
import { deliverEvents } from "../src/seamcut/testing";

it("tells the customer", async () => {
  const order = await orders.place({ sku: "lamp" });
  await deliverEvents();
  await orders.cancel(
    order.id,
    "no longer wanted",
  );
  await deliverEvents();
  expect(await sent()).toEqual(["placed", "cancelled"]);
});
