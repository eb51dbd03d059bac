import { CreateShop1700000000001 } from "./1700000000001-create-shop";

export const options = {
  type: "postgres",
  migrations: [CreateShop1700000000001],
};
