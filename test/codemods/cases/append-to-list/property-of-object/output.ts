import { CreateShop1700000000001 } from "./1700000000001-create-shop";
import { SeedShop1700000000002 } from "./1700000000002-seed-shop";

export const options = {
  type: "postgres",
  migrations: [CreateShop1700000000001, SeedShop1700000000002],
};
