"use strict";
// Order does not matter.
import { StockConsumer } from "./stock.consumer";

export const consumers = [
  StockConsumer,
];
