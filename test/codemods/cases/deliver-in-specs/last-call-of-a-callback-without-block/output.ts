import { it } from "vitest";
import { orders } from "./support";

it("places", async () => orders.place({ sku: "lamp" }));
