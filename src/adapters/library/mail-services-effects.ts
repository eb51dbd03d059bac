import { defineEffects } from "../contract.ts";
import { remoteVerb } from "../shape/remote-verb.ts";

/** Services that send mails for others. Their interfaces differ in names, not in kind: sending, lists, statistics. */
export const mailServicesEffects = defineEffects({
  name: "mail-services",
  packages: [
    "@sendgrid/*",
    "mailgun.js",
    "mailgun-js",
    "postmark",
    "resend",
    "mailersend",
    "node-mailjet",
    "@mailchimp/*",
    "sib-api-v3-sdk",
    "@getbrevo/brevo",
    "@loops-so/*",
    "loops",
    "sparkpost",
    "plunk",
  ],
  effectOf(call) {
    if (call.member === "request") return { effect: "write", label: "mail", external: true };
    const effect = remoteVerb(call.member);
    return effect && call.target.path.length > 0 ? { effect, label: "mail", external: true } : null;
  },
});
