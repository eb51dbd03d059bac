import { it } from "vitest";
import { orders } from "./support";

it("tells twice", async () => {
	await orders.place({ sku: "lamp" }); await orders.place({ sku: "desk" });
});
