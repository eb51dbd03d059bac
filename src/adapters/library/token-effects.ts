import { defineEffects } from "../contract.ts";

/** Signed tokens: made and checked from what is handed over. A check that fails throws, and that is its purpose. */
export const tokenEffects = defineEffects({
  name: "tokens",
  packages: ["jsonwebtoken", "@nestjs/jwt", "jose", "fast-jwt", "paseto", "njwt", "jwt-simple", "google-auth-library"],
  effectOf(call) {
    const isCheck = /^(verify|verifyAsync|jwtVerify|jwtDecrypt|compactVerify|verifyIdToken)$/.test(call.member);
    return isCheck ? { effect: "none", label: "", refuses: true } : null;
  },
});
