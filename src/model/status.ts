import type { Verdict } from "./call.ts";
import type { Stage } from "./file-change.ts";

/** How far one event of one module is on its way to one consumer. */
export interface SeamStatus {
  readonly from: string;
  readonly to: string;
  /** Type of the event: `orders.order-placed`. */
  readonly event: string;
  readonly consumer: string;
  /** The last stage that the code shows. */
  readonly stage: Stage;
}

/** Calls of one module, edge or owner; `count` is all of them. */
export interface StatusCount {
  readonly name: string;
  readonly count: number;
  readonly byVerdict: Readonly<Record<Verdict, number>>;
}

/** The baseline as one commit left it. */
export interface HistoryPoint {
  readonly commit: string;
  /** Of the commit, ISO 8601. */
  readonly date: string;
  readonly calls: number;
  /** Against the point before; 0 for the first. */
  readonly added: number;
  readonly removed: number;
}

export interface History {
  /** First day that was asked for, `YYYY-MM-DD`. */
  readonly since: string;
  /** Oldest first; the first one may be older than `since`: it held on that day. */
  readonly points: readonly HistoryPoint[];
  /** Versions that could not be read, as a merge gone wrong leaves them. */
  readonly unreadable: number;
  /** The clone is shallow: what is older is not there. */
  readonly shallow: boolean;
}

/** Where a repository stands on its way, from its code and its baseline. */
export interface Status {
  readonly name: string;
  readonly calls: number;
  readonly byVerdict: Readonly<Record<Verdict, number>>;
  readonly baseline: { readonly file: string; readonly exists: boolean; readonly calls: number };
  readonly seams: readonly SeamStatus[];
  readonly kept: readonly { readonly id: string; readonly reason: string; readonly until?: string }[];
  /** Calls that could be events and are not cut, by the code of what stands in the way; the most frequent first. */
  readonly refused: readonly { readonly code: string; readonly count: number }[];
  readonly byModule: readonly StatusCount[];
  readonly byEdge: readonly StatusCount[];
  /** Empty where nobody owns anything. */
  readonly byOwner: readonly StatusCount[];
  readonly history?: History;
}
