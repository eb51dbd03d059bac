import { StockConsumer } from "./stock.consumer";

export const consumers: readonly unknown[] = [StockConsumer];
