import type { Verdict } from "./call.ts";
import type { FindingSeverity, ModuleChangeCode } from "./finding.ts";
import type { ModuleKind } from "./module.ts";

/** The accepted cross-module calls, by identity. One call a line, sorted, no line numbers: made to merge. */
export interface Baseline {
  readonly version: 1;
  readonly modules: Readonly<Record<string, ModuleKind>>;
  readonly calls: readonly string[];
  /** Ids of calls that could not be told; a new one among them is where coupling may hide. */
  readonly unresolved?: readonly string[];
  /** By id of a call that was accepted after the first time: why. */
  readonly accepted?: Readonly<Record<string, string>>;
}

/** A new call that is let through on purpose, for a while or for good. */
export interface Keep {
  /** A call id, a callee (`module:Symbol`) or an edge (`from -> to`). */
  readonly match: string;
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`; without one it counts for good. */
  readonly until?: string;
}

/** How grave a new call is; the first rule that fits decides. Absent parts fit everything. */
export interface SeverityRule {
  /** The rule is about modules that are not what the baseline froze, and about no call. */
  readonly code?: ModuleChangeCode;
  readonly from?: string;
  readonly to?: string;
  /** Kind of the module that is called, or that has changed. */
  readonly kind?: ModuleKind;
  readonly verdict?: Verdict;
  readonly severity: FindingSeverity | "off";
}

export interface Findings {
  /** Call ids. */
  readonly new: readonly string[];
  readonly known: readonly string[];
  /** In the baseline, no longer in the code. */
  readonly stale: readonly string[];
}
