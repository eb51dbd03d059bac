import { a } from "./a";
import { MailService } from "./mail";

export const c = a;
