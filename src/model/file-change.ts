/** One file as it will be; `before` is null for a new file, `after` is null for a removed one. */
export interface FileChange {
  /** Posix path relative to the analysed root. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

export const STAGES = ["foundation", "contract", "consume", "dual", "cutover", "cleanup", "retire"] as const;
export type Stage = (typeof STAGES)[number];

/** What was checked of a patch before it was handed over. */
export interface Proof {
  readonly applies: boolean;
  /** Type errors of the repository's own `tsc`; null where no compiler or no dependencies were there. */
  readonly typeErrors: { readonly before: number; readonly after: number } | null;
  readonly rescanned: boolean;
  readonly rerunEmpty: boolean;
  readonly verify: "passed" | "not-run";
}

/** One stage of a cut as a `git format-patch` mail. */
export interface Patch {
  readonly stage: Stage;
  readonly subject: string;
  readonly body: string;
  readonly changes: readonly FileChange[];
  /** The mail itself. */
  readonly mail: string;
  readonly proof: Proof;
}
