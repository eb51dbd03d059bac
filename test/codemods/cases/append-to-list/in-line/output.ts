import { MailConsumer } from "./mail.consumer";
import { StockConsumer } from "./stock.consumer";

export const consumers = [MailConsumer, StockConsumer];
