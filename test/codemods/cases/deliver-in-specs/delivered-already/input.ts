import { it } from "vitest";
import { deliverEvents } from "../src/seamcut/testing";
import { orders } from "./support";

it("tells the customer", async () => {
  await orders.place({ sku: "lamp" });
  await deliverEvents();
});
