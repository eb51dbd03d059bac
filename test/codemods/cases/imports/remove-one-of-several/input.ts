import { Mail, MailService, type Receipt } from "./mail";

export const c = Mail;
export let d: Receipt;
