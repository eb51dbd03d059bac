import type { Keep, SeverityRule } from "./baseline.ts";
import type { Verdict } from "./call.ts";
import type { DeclaredLeaf } from "./leaf.ts";
import type { ModuleKind } from "./module.ts";

/** A verdict that a person decided, with the reason; shown in every report. */
export interface Override {
  /** A call id, or a callee as `module:Symbol`. */
  readonly match: string;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** What the user asked for, validated, with every default filled in once. */
export interface Config {
  /** Absolute path of the analysed root. */
  readonly root: string;
  /** Path relative to the root, or null when `files` says what to read. */
  readonly tsconfig: string | null;
  readonly files: readonly string[];
  /** Globs, `!` excludes; empty means: find them. */
  readonly modules: readonly string[];
  readonly kinds: Readonly<Record<string, ModuleKind>>;
  readonly overrides: readonly Override[];
  readonly leaves: readonly DeclaredLeaf[];
  readonly keep: readonly Keep[];
  readonly severities: readonly SeverityRule[];
  /** Folder of the emitted runtime, relative to the root. */
  readonly runtime: string;
  readonly baseline: string;
  /** Whether the TypeScript checker may be asked about calls that the linker could not tell. */
  readonly checker: boolean;
  /** Where the config file was found, relative to the root; null when there is none. */
  readonly source: string | null;
}
