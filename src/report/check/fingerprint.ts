import { createHash } from "node:crypto";
import type { Finding } from "../../model/index.ts";

/** Made of the identity alone, so that it stays the same when code moves inside its module. */
export function fingerprint({ kind, id }: Finding): string {
  return createHash("sha256").update(`${kind}\0${id}`).digest("hex").slice(0, 32);
}
