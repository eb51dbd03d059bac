import type { LibraryEffect } from "./contract.ts";

const READ: LibraryEffect = { effect: "read", label: "http", external: true };
const WRITE: LibraryEffect = { effect: "write", label: "http", external: true };

/**
 * What a request with that method does. Without one it is a GET; where it is not written in the code, a request whose
 * answer nobody wants is there to change something.
 */
export function httpEffect(method: string | undefined, discarded = false): LibraryEffect {
  if (method === undefined) return READ;
  if (/^(get|head|options|query)$/i.test(method)) return READ;
  if (/^(post|put|patch|delete|del|postForm|putForm|patchForm)$/i.test(method)) return WRITE;
  return discarded ? WRITE : READ;
}

/** A member that is named for a method: `axios.post`, `request.del`. */
export function isMethod(member: string): boolean {
  return /^(get|head|options|post|put|patch|delete|del|postForm|putForm|patchForm)$/i.test(member);
}
