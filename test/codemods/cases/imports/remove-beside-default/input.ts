import mail, { MailService } from "./mail";

export const c = mail;
