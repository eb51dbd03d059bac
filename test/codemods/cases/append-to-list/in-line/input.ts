import { MailConsumer } from "./mail.consumer";

export const consumers = [MailConsumer];
