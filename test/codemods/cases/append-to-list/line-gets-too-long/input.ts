import { AccountsConsumer } from "./accounts.consumer";
import { InventoryConsumer } from "./inventory.consumer";
import { InvoicingConsumer } from "./invoicing.consumer";
import { NotificationsConsumer } from "./notifications.consumer";

export const consumers = [AccountsConsumer, InventoryConsumer, InvoicingConsumer, NotificationsConsumer];
