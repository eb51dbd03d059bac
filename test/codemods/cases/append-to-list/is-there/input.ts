import { StockConsumer } from "./stock.consumer";

export const consumers = [StockConsumer];
