import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Exact numbers, money, statistics. */
export const numberEffects = defineEffects({
  name: "numbers",
  packages: [
    "big.js",
    "bignumber.js",
    "decimal.js",
    "decimal.js-light",
    "dinero.js",
    "dinero",
    "currency.js",
    "money",
    "mathjs",
    "simple-statistics",
    "fraction.js",
    "bn.js",
  ],
  effectOf: none,
});
