import type { Verdict } from "../model/index.ts";

/** What would have to be different for another verdict. */
export const OTHERWISE: Readonly<Record<Verdict, string>> = {
  event: "a command, if the caller read afterwards what it writes, or it refused on purpose",
  command: "an event, if nobody needed the outcome: value unused, no refusal, nothing read afterwards",
  query: "a guard, if the value only decided whether to refuse",
  guard: "a query, if part of the value were used further",
  pure: "a query, if it read state or a database",
  unknown: "decided by an entry under `overrides` in the configuration",
};
