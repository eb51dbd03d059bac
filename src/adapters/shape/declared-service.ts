import type { LibraryCall, LibraryEffect } from "../contract.ts";
import { remoteVerb } from "./remote-verb.ts";

const SERVICES = /(Service|Repository|Repo|Client|Gateway|Provider|Store|Dao|Api|Adapter|Storage|Mailer)s?(V\d+)?$/;

/**
 * `await products.listProducts()` on an interface that nobody implements in the repository: what is waited for and
 * belongs to a service reads or writes, and its first word says which.
 */
export function declaredService(call: LibraryCall, isAwaited: boolean): LibraryEffect | null {
  if (!isAwaited || call.target.package !== "" || !SERVICES.test(call.target.export)) return null;
  const effect = remoteVerb(call.member);
  return effect && { effect, label: call.target.export };
}
