import { a } from "./a";
// Sends letters.
import { MailService } from "./mail";

export const c = a;
