import type { LibraryCall, LibraryEffect } from "../contract.ts";
import { isClassName } from "../entity-names.ts";
import { plainVerb, remoteVerb, tellsOthers } from "./remote-verb.ts";

const SDK = /(^|[-/.@])(sdk|client|api)([-/.]|$)/;
const CLIENT = /(client|sdk|api)$/i;

/**
 * An instance of a package that nobody knows, whose methods are waited for, talks to something outside; the verb says
 * how: `client.orders.create()`. Where package or class call themselves a client, waiting is not asked for.
 */
export function sdkClient(call: LibraryCall, isAwaited: boolean): LibraryEffect | null {
  const { package: name, export: start, path } = call.target;
  if (name === "" || path.length === 0) return null;
  const isClient = SDK.test(name) || CLIENT.test(start);
  if (!isAwaited && !(isClient && path.length > 1 && !path.includes("()"))) return null;
  // Functions of a module are mostly helpers; what hangs on a class or a default export is mostly a client.
  if (!isClassName(start) && start !== "default" && !(isClient && path.length > 1)) return null;
  const effect = isClient ? remoteVerb(call.member) : plainVerb(call.member);
  if (effect === null) return null;
  const label = /mail|sendgrid|smtp|twilio|sms/.test(name) && effect === "write" ? "mail" : name;
  return { effect, label, external: true, ...(tellsOthers(call.member) && { publishes: true }) };
}
