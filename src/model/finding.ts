import type { AnalysisResult } from "./analysis-result.ts";
import type { Confidence, Verdict } from "./call.ts";
import type { Location } from "./location.ts";

/**
 * What a check has to say: a call that is new; one whose symbol was renamed; one that is gone although the baseline has
 * it; one that is kept on purpose, or whose keeping has expired; a new call that could not be told; a module that is
 * not what the baseline froze.
 */
export const FINDING_KINDS = ["new", "renamed", "gone", "kept", "expired", "unresolved", "drift"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** An error fails the check; the others are shown. */
export const FINDING_SEVERITIES = ["error", "warning", "note"] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** Diagnostics that tell of a module which is not what the baseline froze: it came or went, or is of another kind. */
export const MODULE_CHANGE_CODES = ["SC1013", "SC1014"] as const;
export type ModuleChangeCode = (typeof MODULE_CHANGE_CODES)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** Of `drift`: what it is that has changed. */
  readonly code?: ModuleChangeCode;
  readonly severity: FindingSeverity;
  /** Id of the call, of the unresolved call, or of the module. Holds no line and no path. */
  readonly id: string;
  /** One sentence, without the place. */
  readonly message: string;
  /** Absent for what is no longer in the code. */
  readonly location?: Location;
  readonly from?: string;
  readonly to?: string;
  readonly verdict?: Verdict;
  readonly confidence?: Confidence;
  /** The id that the baseline has, of a call that was renamed. */
  readonly was?: string;
  /** The written reason of what is kept or was accepted. */
  readonly reason?: string;
  /** Owners of the module that is called, then of the one that calls. */
  readonly owners: readonly string[];
}

/** What `check` found; every reporter of it reads this and nothing else. */
export interface CheckReport {
  readonly result: AnalysisResult;
  readonly baseline: { readonly file: string; readonly exists: boolean; readonly calls: number };
  /** The commit that the code was compared with, where `--since` asked for it. */
  readonly since?: { readonly ref: string; readonly commit: string };
  /** The owners that were asked for with `--owner`: the findings are those of their modules. */
  readonly owners?: readonly string[];
  /** The worst first, then by place, then by id. */
  readonly findings: readonly Finding[];
  /** Ids of calls that the baseline has and the code too. */
  readonly known: readonly string[];
  /** 1 where a finding is an error. */
  readonly exitCode: 0 | 1;
}
