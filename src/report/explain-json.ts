import type { AnalysisResult, ClassifiedCall } from "../model/index.ts";
import { leavesOf } from "./leaves-of.ts";
import { OTHERWISE } from "./otherwise.ts";

/** What `explain` says, as data: the calls with their verdicts, what would change them, and what else rests on the same leaves. */
export function explainJson(result: AnalysisResult, calls: readonly ClassifiedCall[]): string {
  const explained = calls.map((call) => ({
    ...call,
    otherwise: OTHERWISE[call.verdict],
    leaves: leavesOf(result, call),
  }));
  return `${JSON.stringify({ version: 1, calls: explained }, null, 2)}\n`;
}
