import type { AnalysisResult } from "../model/index.ts";

export interface JsonOptions {
  /** Leaves out what differs between two runs on the same input. */
  readonly stable?: boolean;
}

/** Version 1 of the result, as documented; sorted as the analysis sorted it. */
export function reportJson(result: AnalysisResult, options: JsonOptions = {}): string {
  const { durationMs: _, checkerMs: __, ...summary } = result.summary;
  const shown = options.stable ? summary : result.summary;
  return `${JSON.stringify({ ...result, summary: shown }, null, 2)}\n`;
}
