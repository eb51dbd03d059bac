import type { LibraryCall, LibraryEffect } from "./contract.ts";
import { names } from "./members.ts";

const MEMBERS =
  names(`send json jsonp end status sendStatus sendFile redirect render cookie clearCookie setCookie header
  headers setHeader removeHeader set type code write writeHead pipe attachment download serialize`);

/** The answer of the running request: given at once or never. */
export function answers(call: LibraryCall): LibraryEffect | null {
  return MEMBERS.includes(call.member) ? { effect: "write", label: "response" } : null;
}
