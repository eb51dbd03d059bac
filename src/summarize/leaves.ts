import { type LibraryEffect, NO_EFFECT } from "../adapters/contract.ts";
import { isLanguage, libraryEffect } from "../adapters/effects.ts";
import { unknownLibraryEffect, unknownReceiverEffect } from "../adapters/unknown-library.ts";
import type { CallSiteFact, CallTarget, FileFacts, LibraryTarget } from "../model/index.ts";
import { libraryCall } from "./library-call.ts";
import { isDeclaredTelemetry, isTelemetry } from "./telemetry.ts";
import { PROMISE_MEMBERS } from "./walk/method-names.ts";
import type { CallVisit } from "./walk/visits.ts";

/** What the code around a call tells of it. */
export interface LeafUse {
  readonly discarded: boolean;
  /** It is waited for, inside an async function. */
  readonly awaited: boolean;
}

const NOT_WAITED: LeafUse = { discarded: false, awaited: false };

const LEAVES = new WeakMap<CallVisit, { readonly leaf: LibraryEffect | null }>();

/** The same of a visited call; several stages of the summary ask for it. */
export function leafOf(
  facts: FileFacts,
  visit: CallVisit,
  site: CallSiteFact,
  target: CallTarget,
): LibraryEffect | null {
  const known = LEAVES.get(visit);
  if (known) return known.leaf;
  const leaf = leafEffect(facts, site, target, leafUse(facts, visit));
  LEAVES.set(visit, { leaf });
  return leaf;
}

/** How a visited call is used. */
function leafUse(facts: FileFacts, visit: CallVisit): LeafUse {
  const isAsync = facts.functions[visit.function]?.async === true;
  return { discarded: visit.use.kind === "discarded", awaited: visit.awaited && isAsync };
}

/** What one call does by itself, when it leads out of own code; null when that is nothing worth telling. */
export function leafEffect(
  facts: FileFacts,
  site: CallSiteFact,
  target: CallTarget,
  how: LeafUse = NOT_WAITED,
): LibraryEffect | null {
  // Making an instance of a library's class does nothing yet.
  if (target.bodies.length > 0 || site.isNew) return null;
  // What becomes of an answer later is no doing of the library.
  if (site.callee.kind === "member" && PROMISE_MEMBERS.test(site.callee.name)) return null;
  if (target.library) {
    if (isLanguage(target.library) || isTelemetry(facts, site)) return null;
    const call = libraryCall(facts, site, target.library, how.discarded);
    return libraryEffect(call) ?? unknownLibraryEffect(call, how.awaited);
  }
  if (!target.unresolved && target.declarations.length === 0) return null;
  if (isDeclaredTelemetry(target) || isTelemetry(facts, site)) return NO_EFFECT;
  const call = libraryCall(facts, site, declaredBy(target), how.discarded);
  return unknownReceiverEffect(call, { isMember: site.callee.kind === "member", isAwaited: how.awaited });
}

/** A call without a library that is known goes by the name of what declares it: an interface that nobody implements. */
function declaredBy({ declarations }: CallTarget): LibraryTarget {
  const owner = declarations[0]?.symbol.split(".")[0] ?? "";
  return { package: "", export: owner, path: [], typeArgs: [] };
}
