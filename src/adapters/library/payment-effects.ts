import { defineEffects } from "../contract.ts";
import { remoteVerb } from "../shape/remote-verb.ts";

/** Payment services: `client.resource.verb()`. Checking the signature of a webhook reads nothing. */
export const paymentEffects = defineEffects({
  name: "payments",
  packages: [
    "stripe",
    "@stripe/*",
    "@golevelup/nestjs-stripe",
    "braintree",
    "@paypal/*",
    "@mollie/api-client",
    "square",
    "@adyen/api-library",
    "razorpay",
    "gocardless-nodejs",
    "@lemonsqueezy/*",
    "@paddle/*",
    "coinbase-commerce-node",
  ],
  effectOf(call) {
    if (/^(constructEvent|constructEventAsync|generateTestHeaderString|unmarshal)$/.test(call.member)) return null;
    const effect = remoteVerb(call.member);
    return effect && call.target.path.length > 0 ? { effect, label: "payment", external: true } : null;
  },
});
