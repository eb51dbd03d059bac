import type { LibraryCall, LibraryEffect } from "../contract.ts";
import { NO_EFFECT } from "../contract.ts";

const MEMBERS = /^(resolve|resolveAsync|get|getAsync|tryGet|has|isBound|createScope|createChild|build|cradle)$/;
const HOLDERS = /(container|injector|moduleref|servicelocator|serviceprovider)_?$/i;

/** `container.resolve("orders")` of a container that is only known by its type: it hands out what was put in. */
export function container(call: LibraryCall): LibraryEffect | null {
  const isScope = /^scope$/i.test(call.receiver) && /^resolve/.test(call.member);
  const isHolder = isScope || HOLDERS.test(call.receiver) || HOLDERS.test(call.target.export);
  return isHolder && MEMBERS.test(call.member) ? NO_EFFECT : null;
}
