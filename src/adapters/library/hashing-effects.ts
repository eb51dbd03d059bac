import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Hashes, ciphers, random values: computed from what they are given. */
export const hashingEffects = defineEffects({
  name: "hashing",
  packages: [
    "crypto",
    "bcrypt",
    "bcryptjs",
    "argon2",
    "@node-rs/*",
    "scrypt-kdf",
    "crypto-js",
    "tweetnacl",
    "libsodium-wrappers",
    "node-forge",
    "otplib",
    "speakeasy",
    "md5",
    "object-hash",
    "hash-wasm",
    "@noble/*",
  ],
  effectOf: none,
});
