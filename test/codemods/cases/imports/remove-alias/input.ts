import { Service as MailService } from "./mail";

export const c = 1;
