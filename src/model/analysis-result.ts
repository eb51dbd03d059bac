import type { ClassifiedCall, UnresolvedCall, Verdict } from "./call.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Leaf } from "./leaf.ts";
import type { Module } from "./module.ts";

/** What was detected of the repository, for the headline; every field is a guess with a source. */
export interface Stack {
  readonly name: string;
  readonly framework?: string;
  readonly orm?: string;
  readonly database?: string;
}

export interface Tool {
  readonly name: "seamcut";
  readonly version: string;
  /** Address of its pages on the web, where its package names one. */
  readonly docs?: string;
}

/** The hub: what `scan --reporter json` prints, and what every reporter, the baseline and the plan read. Version 1. */
export interface AnalysisResult {
  readonly version: 1;
  readonly tool: Tool;
  readonly stack: Stack;
  readonly modules: readonly Module[];
  /** Sorted by location. */
  readonly calls: readonly ClassifiedCall[];
  readonly unresolved: readonly UnresolvedCall[];
  /** Functions that verdicts rest on, the most influential first. */
  readonly leaves: readonly Leaf[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: Summary;
}

export interface Summary {
  readonly modules: number;
  readonly files: number;
  readonly calls: number;
  readonly edges: number;
  readonly byVerdict: Readonly<Record<Verdict, number>>;
  readonly unresolved: number;
  /** Left out by `--stable`, as `checkerMs` is: the only values that differ between two runs on the same input. */
  readonly durationMs?: number;
  /** The part of `durationMs` that the TypeScript checker took; absent where it was not asked. */
  readonly checkerMs?: number;
}
