import path from "node:path";
import { loadConfig } from "../../src/config/load-config.ts";
import type { AnalysisResult, ClassifiedCall, Config } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures");

/** Absolute path of a fixture, by `theme/leaf`. */
export function fixturePath(name: string): string {
  return path.join(FIXTURES, name);
}

/** Scans a fixture monolith as the command line would, with parts of its configuration replaced. */
export async function analyzeFixture(name: string, change: Partial<Config> = {}): Promise<AnalysisResult> {
  const config = await loadConfig({ cwd: fixturePath(name) });
  return analyze({ ...config, ...change });
}

/** Call ids in order of location. */
export function idsOf(result: AnalysisResult): string[] {
  return result.calls.map((call) => call.id);
}

/** What the caller (`OrdersService.place`) calls: `module:Symbol`, in order of location. */
export function calleesOf(result: AnalysisResult, caller: string): string[] {
  return result.calls.filter((call) => call.caller.symbol === caller).map((call) => `${call.to}:${call.callee.symbol}`);
}

/** What of a caller could not be told: `text reason`, in order of location. */
export function unresolvedOf(result: AnalysisResult, caller: string): string[] {
  return result.unresolved
    .filter((call) => call.id.includes(`:${caller}->`))
    .map((call) => `${call.text} ${call.reason}`);
}

/** The one call that `caller` makes; more or fewer are a mistake of the test. */
export function callOf(result: AnalysisResult, caller: string): ClassifiedCall {
  const calls = result.calls.filter((call) => call.caller.symbol === caller);
  const [call] = calls;
  if (!call || calls.length > 1) {
    throw new Error(`${calls.length} calls in ${caller}; there are: ${idsOf(result).join("\n")}`);
  }
  return call;
}

/** Every call of a fixture under `resolution/` by the linker alone: `caller → module:Callee (via)`, by location. */
export async function resolvedCalls(form: string, change: Partial<Config> = {}): Promise<string[]> {
  const result = await analyzeFixture(`resolution/${form}`, { modules: ["src/*"], checker: false, ...change });
  return result.calls.map(({ caller, to, callee, via }) => `${caller.symbol} → ${to}:${callee.symbol} (${via})`);
}
