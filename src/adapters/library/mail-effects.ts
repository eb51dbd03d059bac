import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** nodemailer and what is built on it. A sent mail is sent. */
export const mailEffects = defineEffects({
  name: "nodemailer",
  packages: ["nodemailer", "@nestjs-modules/mailer", "email-templates", "preview-email", "nodemailer-*"],
  effectOf: byMember(
    { write: names("sendMail send sendAll"), read: names("verify") },
    { label: "mail", external: true },
  ),
});
