import type { LibraryCall, LibraryEffect } from "../contract.ts";

/** `assert(order.paid, error)` of a library that nobody knows: it can only throw. */
export function asserts(call: LibraryCall): LibraryEffect | null {
  const isNamed = /^(assert|invariant)([A-Z]|$)/.test(call.member);
  return isNamed && call.discarded ? { effect: "none", label: "", refuses: true } : null;
}
