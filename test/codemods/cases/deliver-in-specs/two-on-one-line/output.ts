import { it } from "vitest";
import { orders } from "./support";
import { deliverEvents } from "../src/seamcut/testing";

it("tells twice", async () => {
	await orders.place({ sku: "lamp" });
	await deliverEvents(); await orders.place({ sku: "desk" });
	await deliverEvents();
});
