import { link } from "../link/link.ts";
import { type CallGraph, type Config, type Diagnostic, diagnostic } from "../model/index.ts";
import { findUnresolvedCalls, type ModuleOf } from "../summarize/unresolved-calls.ts";
import { hasDependencies } from "./has-dependencies.ts";
import type { ReadFiles } from "./read-files.ts";

export interface SettledResidue {
  readonly graph: CallGraph;
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when the checker was not asked. */
  readonly checkerMs?: number;
}

/**
 * Asks the TypeScript checker about the calls that the linker could not tell and that may mean another module. Costs
 * seconds and hundreds of megabytes, so: only where there are such calls, and dependencies to tell their types from.
 */
export async function settleResidue(
  config: Config,
  read: ReadFiles,
  graph: CallGraph,
  moduleOf: ModuleOf,
): Promise<SettledResidue> {
  if (!config.checker || !hasDependencies(config.root)) return { graph, diagnostics: [] };
  const residue = findUnresolvedCalls(graph, moduleOf).map((call) => call.location);
  if (residue.length === 0) return { graph, diagnostics: [] };
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  try {
    const [{ openProgram }, { resolveResidue }] = await Promise.all([
      import("../compiler/program.ts"),
      import("../compiler/resolve-residue.ts"),
    ]);
    const own = read.facts.map((file) => file.path);
    const program = await openProgram(config.root, config.tsconfig, own);
    const checked = await resolveResidue(program, residue, own);
    const settled = checked.length === 0 ? graph : link(read.facts, read.resolve, checked);
    return { graph: settled, diagnostics: [], checkerMs: elapsed() };
  } catch (error) {
    // The checker sees code and settings of any age; without its answers the calls are unresolved, and said to be.
    const what = error instanceof Error ? error.message : String(error);
    const message = `the TypeScript checker failed, so ${residue.length} calls stay unresolved: ${what}`;
    return { graph, diagnostics: [diagnostic("SC1011", message)], checkerMs: elapsed() };
  }
}
