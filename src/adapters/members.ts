import type { Effect } from "../model/index.ts";
import type { LibraryCall, LibraryEffect } from "./contract.ts";

/** Members by what they do, as lists of names. */
export interface MemberTable {
  readonly write?: readonly string[];
  readonly read?: readonly string[];
  /** Writes that hand over to somebody who reacts later. */
  readonly publish?: readonly string[];
}

/** Names in a text, by white space: long tables stay readable. */
export function names(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Looks a member up in a table; null when it is not in it. */
export function lookUpMember(table: MemberTable, member: string): Effect | null {
  if (table.write?.includes(member) || table.publish?.includes(member)) return "write";
  return table.read?.includes(member) ? "read" : null;
}

/** What all effects of a library have in common. */
export interface Kind {
  readonly label: string;
  /** No transaction takes it back. */
  readonly external?: boolean;
}

/** The effect of a member by its name alone, for libraries where that says it all. */
export function byMember(table: MemberTable, kind: Kind): (call: LibraryCall) => LibraryEffect | null {
  return (call) => {
    const effect = lookUpMember(table, call.member);
    return effect && { ...kind, effect, ...(table.publish?.includes(call.member) && { publishes: true }) };
  };
}

/** For libraries that compute and do nothing else. */
export const none = (): null => null;
