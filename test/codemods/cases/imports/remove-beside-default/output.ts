import mail from "./mail";

export const c = mail;
